package dance.command;

import dance.check.Rules;
import dance.search.Budget;
import dance.search.SearchMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/**
 * Options of a comparison: which methods, how many searches of each, and how long each is. Each
 * command has its own defaults.
 */
final class ComparedOptions {
  private final String usual;

  @Option(
      names = "--methods",
      paramLabel = "NAME[,NAME...]",
      completionCandidates = WordOption.MethodNames.class,
      description = "Of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String methods;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Searches per method (default: ${DEFAULT-VALUE}).")
  private String seeds;

  @Option(
      names = "--budget",
      paramLabel = "\"N UNIT\"",
      description = "Budget of each search (default: ${DEFAULT-VALUE}).")
  private String budget;

  private final String usualSeeds;
  private final String usualBudget;

  /**
   * With defaults: values of the options, or sentences where they depend on the task.
   *
   * @param methods such as {@code exact,random}
   * @param seeds such as {@code 5}
   * @param budget such as {@code 250 evaluations}
   */
  ComparedOptions(String methods, String seeds, String budget) {
    this.methods = methods;
    this.seeds = seeds;
    this.budget = budget;
    usual = methods;
    usualSeeds = seeds;
    usualBudget = budget;
  }

  boolean namesMethods() {
    return !methods.equals(usual);
  }

  boolean namesSeeds() {
    return !seeds.equals(usualSeeds);
  }

  boolean namesBudget() {
    return !budget.equals(usualBudget);
  }

  /** The methods; unknown names, and methods named twice, are added to the problems. */
  List<SearchMethods> methods(Rules rules) {
    List<SearchMethods> named = new ArrayList<>();
    boolean known = true;
    for (String name : methods.split(",", -1)) {
      SearchMethods method = rules.tried(() -> SearchMethods.byName(name));
      known &= method != null;
      if (method != null) {
        named.add(method);
      }
    }
    rules.require(
        !known || named.stream().distinct().count() == named.size(),
        "methods %s must have different names",
        String.join(",", named.stream().map(SearchMethods::word).toList()));
    return named;
  }

  /**
   * Seeds of the searches of a method.
   *
   * @param first seed of the first search
   */
  long[] seeds(long first, Rules rules) {
    return LongStream.range(first, first + count(rules)).toArray();
  }

  private int count(Rules rules) {
    int count = 0;
    try {
      count = Integer.parseInt(seeds.strip());
    } catch (NumberFormatException none) {
      // 0 is refused with the text that is given
    }
    rules.require(count >= 1, "seeds (%s) must be at least 1", seeds);
    return count;
  }

  /** The budget; null if it is invalid. */
  Budget budget(Rules rules) {
    return rules.tried(() -> Budget.parse(budget));
  }

  /** The budget in images, also of a number alone; null if it is in another unit or invalid. */
  Budget images(Rules rules) {
    boolean alone = !budget.strip().contains(" ");
    Budget given = rules.tried(() -> Budget.parse(alone ? budget + " images" : budget));
    rules.require(
        given == null || given.unit() == Budget.Unit.IMAGES,
        "budget (%s) must be in validation images",
        budget);
    return given;
  }
}
