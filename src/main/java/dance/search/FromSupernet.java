package dance.search;

import dance.check.Rules;

/**
 * A method that sees accuracies only through the trained weights of a supernet, so that methods are
 * compared from the same weights. Its budget is a number of validation images:
 *
 * <ul>
 *   <li>a gradient passes each image of a batch through all operations of every block, and back:
 *       one pass for each operation and one for the way back;
 *   <li>a black box pays for each different network the images on which it is validated; their
 *       results may be looked up.
 * </ul>
 *
 * <p>What is found is scored by the accuracies of the problem, of networks trained from scratch.
 *
 * @param method the method, with the default effort for its kind
 * @param weights for a gradient; null for a black box
 * @param validated for a black box; null for a gradient
 * @param images on which a black box validates each network
 */
public record FromSupernet(
    SearchMethod method, SupernetWeights weights, ValidatedNetworks validated, int images)
    implements SearchMethod {

  /** A gradient search through the supernet. */
  public static FromSupernet gradient(SearchMethod method, SupernetWeights weights) {
    return new FromSupernet(method, weights, null, 0);
  }

  /** A black box that validates each network on this many images. */
  public static FromSupernet blackBox(
      SearchMethod method, ValidatedNetworks validated, int images) {
    return new FromSupernet(method, null, validated, images);
  }

  /** The method's name, with the images of a black box. */
  @Override
  public String name() {
    return weights != null ? method.name() : method.name() + ", " + images + " images each";
  }

  @Override
  public String recipe(SearchProblem problem) {
    return method.recipe(problem)
        + "; "
        + (weights != null ? weights.fingerprint() : validated.provenance() + ", " + images);
  }

  /**
   * Searches.
   *
   * @param problem of a table of accuracies from scratch, by which the result is scored
   * @param budget in images
   */
  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    long each = weights != null ? weights.imagesPerStep() : images;
    new Rules()
        .require(
            budget.unit() == Budget.Unit.IMAGES,
            "budget of a search from a supernet (%s) must be in images",
            budget)
        .require(
            budget.unit() != Budget.Unit.IMAGES || budget.amount() >= 2 * each,
            "budget of %s must be at least two of %s",
            budget,
            weights != null ? "its steps, of " + each + " images" : each + " images")
        .check();
    long count = (long) budget.amount() / each;
    return weights != null
        ? gradient(problem, seed, count, watch)
        : blackBox(problem, seed, count, watch);
  }

  private SearchResult gradient(
      SearchProblem problem, long seed, long steps, SearchListener watch) {
    SearchProblem seen = through(problem, new SupernetTask(weights, problem.task()));
    // one is left for the loss of the network that is found
    return method.search(seen, seed, Budget.steps(steps - 1), watch);
  }

  private SearchResult blackBox(
      SearchProblem problem, long seed, long evaluations, SearchListener watch) {
    SearchProblem seen = through(problem, validated.task(images));
    SearchResult found = method.search(seen, seed, Budget.evaluations(evaluations), watch);
    int[] choice = problem.task().space().choice(found.genotype());
    double accuracy = problem.task().accuracy(choice, seed);
    SearchCost cost = found.searchCost();
    return SearchResult.of(
        name(),
        seed,
        problem,
        Candidate.of(problem, choice, found.designIndex(), accuracy),
        null,
        found.trace(),
        new SearchCost(
            cost.seconds(),
            new SearchCost.Used(
                Information.SUPERNET, 0, cost.steps(), 1, cost.evaluations() * images),
            cost.costModelCalls(),
            0));
  }

  private static SearchProblem through(SearchProblem problem, Task task) {
    return new SearchProblem(
        task, problem.table(), problem.objective(), problem.lambda(), problem.reference());
  }
}
