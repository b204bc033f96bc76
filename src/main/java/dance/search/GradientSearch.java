package dance.search;

import dance.space.NetworkSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * One search of α by gradient descent: every step is a step of Adam on {@link RelaxedLoss},
 * corrected while constraints are violated ({@link GradientManipulation}).
 *
 * <p>At the end of an epoch the most probable network is derived and its accelerator chosen. If
 * nothing is trained, derived networks of different epochs can be compared, and the best is the
 * attempt's result; otherwise the last. Noise depends on seed, attempt and step alone, so that a
 * search can resume from any step.
 */
final class GradientSearch {
  private static final long BETWEEN_CHECKPOINTS_NS = 250_000_000L;

  /** Entropy below which an attempt has converged, if nothing is trained. */
  private static final double DECIDED = 1e-3;

  private final String name;
  private final SearchProblem problem;
  private final CoExplorerOptions options;
  private final CostTerm term;
  private final long seed;
  private final Budget budget;
  private final SearchListener watch;
  private final NetworkSpace space;
  private final boolean hard;
  private final Discretisation derivation;
  private final Checkpoint checkpoint;
  private final long start = System.nanoTime();
  private long lastCheckpoint = start;

  // the state in a checkpoint
  private int restart;
  private int step;
  private AccuracyModel model;
  private ArchitectureParameters alpha;
  private final GradientManipulation manipulation = new GradientManipulation();
  private Candidate best;
  private int[] derived;
  private long steps;
  private long images;
  private final NetworksRead read = new NetworksRead();
  private double secondsBefore;
  private boolean trained;
  private List<Trace.Epoch> epochs = new ArrayList<>();

  private final RelaxedLoss loss;
  private final double[] oneHot;
  private final double[] byGates;
  private final double[] byAlpha;
  private final double[] byExcess;

  GradientSearch(
      String name,
      SearchProblem problem,
      CoExplorerOptions options,
      CostTerm term,
      long seed,
      Budget budget,
      SearchListener watch) {
    budget.refuseImages(name);
    this.name = name;
    this.problem = problem;
    this.options = options;
    this.term = term;
    this.seed = seed;
    this.budget = budget;
    this.watch = watch;
    space = problem.task().space();
    hard =
        options.limits() == CoExplorerOptions.Limits.HARD
            && !problem.objective().constraints().isEmpty();
    derivation = new Discretisation(problem, term, hard);
    int size = space.blocks() * space.operations().size();
    loss = new RelaxedLoss(problem, options, term, size);
    oneHot = new double[size];
    byGates = new double[size];
    byAlpha = new double[size];
    byExcess = new double[size];
    checkpoint =
        options.checkpoints() == null ? null : new Checkpoint(options.checkpoints(), description());
  }

  private String description() {
    return String.join(
        "; ",
        name,
        term.identity(),
        problem.fingerprint(),
        options.checkpoints(null).toString(),
        "seed " + seed,
        budget.toString());
  }

  /** Searches, resuming from a checkpoint if there is one. */
  SearchResult run(double evaluatorSeconds) {
    Feasibility.check(problem);
    try (Closing last = this::close) {
      begin();
      if (checkpoint != null) {
        checkpoint.load(this::read);
      }
      AttemptSchedule plan = plan();
      while (restart < plan.restarts() && !spent()) {
        attempt(plan);
        restart++;
        step = 0;
        if (restart < plan.restarts() && !spent()) {
          begin();
        }
      }
      if (checkpoint != null) {
        checkpoint.save(this::write);
      }
      watch.at(epochs.get(epochs.size() - 1), plan.steps(), plan.steps());
      return result(evaluatorSeconds);
    }
  }

  /** A resource whose failure to close does not hide an earlier one. */
  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  private void close() {
    if (model != null) {
      model.close();
    }
  }

  /**
   * A budget of evaluations is for searches that pay for each: they begin new attempts until it is
   * exhausted. With full information or a supernet it limits nothing.
   */
  private AttemptSchedule plan() {
    boolean counted = budget.unit() == Budget.Unit.EVALUATIONS && !budget.endless();
    if (!counted) {
      return AttemptSchedule.of(options, budget);
    }
    AttemptSchedule usual = AttemptSchedule.of(options, Budget.unlimited());
    if (information() != Information.EVALUATIONS) {
      return usual;
    }
    // a small space has fewer networks than the budget: it ends all the same
    long most = EvaluationLog.MOST_STEPS_PER_EVALUATION * (long) budget.amount();
    long attempts = Math.max(1, most / usual.stepsOfAttempt());
    return new AttemptSchedule(
        (int) Math.min(attempts, Integer.MAX_VALUE / usual.stepsOfAttempt()),
        usual.epochs(),
        usual.stepsPerEpoch());
  }

  /** What the search knows of accuracies. */
  private Information information() {
    return problem.task().trains()
        ? Information.SUPERNET
        : model.read() == null ? Information.FULL : Information.EVALUATIONS;
  }

  /** Different networks whose accuracy the search has used. */
  private long evaluations() {
    return switch (information()) {
      case FULL -> space.count().longValue();
      case SUPERNET -> 0;
      case EVALUATIONS -> read.count();
    };
  }

  /** The loss of accuracy, and which networks it read. */
  private double lossOf(double[] gates, double[] gradient) {
    double loss = model.loss(gates, gradient);
    note();
    return loss;
  }

  private void note() {
    if (model.read() != null) {
      read.addAll(model.read());
    }
  }

  private void begin() {
    images += model == null ? 0 : model.images();
    close();
    SplittableRandom random = random(-1);
    model = problem.task().accuracyModel(random.nextLong());
    alpha = new ArchitectureParameters(space, restart == 0 ? 1e-3 : options.spread(), random);
    manipulation.delta(GradientManipulation.FIRST);
    derived = null;
  }

  /** Random generator of a step; −1 for the start of an attempt. */
  private SplittableRandom random(int ofStep) {
    long attempt = new SplittableRandom(seed).nextLong() + restart * 0x9E3779B97F4A7C15L;
    return new SplittableRandom(new SplittableRandom(attempt).nextLong() + ofStep);
  }

  private void attempt(AttemptSchedule plan) {
    int steps = plan.stepsOfAttempt();
    while (step < steps) {
      if (Thread.currentThread().isInterrupted()) {
        stop();
      }
      RelaxedLoss.Terms at = step((double) step / steps);
      step++;
      boolean over = spent();
      if (step % plan.stepsPerEpoch() == 0 || step == steps || over) {
        boolean decided = !trained && at.entropy() < DECIDED;
        boolean last = step == steps || over || decided;
        Trace.Epoch epoch = derive(at, last || !trained && model.comparable());
        epochs.add(epoch);
        long done = (long) restart * steps + step;
        watch.at(epoch, Math.min(done, plan.steps() - 1), plan.steps());
        step = decided ? steps : step;
        keep();
      }
      if (over) {
        return;
      }
    }
    if (options.refine() && (!model.sampled() || model.readsNeighbours())) {
      if (checkpoint != null) {
        checkpoint.save(
            this::write); // from here on a step can be repeated, but not interrupted halfway
      }
      refine();
    }
  }

  private boolean spent() {
    return switch (budget.unit()) {
      case SECONDS -> seconds() >= budget.amount();
      case EVALUATIONS ->
          information() == Information.EVALUATIONS && evaluations() >= budget.amount();
      case STEPS, IMAGES -> false;
    };
  }

  /** {@link Refinement} of the network derived at the end of the attempt. */
  private void refine() {
    int[] choice = space.choice(alpha.genotype());
    Candidate here = best;
    if (best == null || !Arrays.equals(choice, best.choice())) {
      here = looked(choice);
    }
    Refinement refinement = new Refinement(space);
    while (!spent()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(name + " was interrupted" + goesOn());
      }
      refinement.encode(here.choice(), oneHot);
      double lossHere = lossOf(oneHot, byGates);
      steps++;
      Candidate next = refinement.best(here.choice(), lossHere, byGates, derivation::complete);
      if (!next.better(here)) {
        return;
      }
      next = looked(next.choice()); // the gradient is an estimate: evaluate before accepting
      if (!next.better(here)) {
        return;
      }
      here = next;
      best = here.better(best) ? here : best;
      epochs.add(refined(here));
    }
  }

  private Trace.Epoch refined(Candidate found) {
    return new Trace.Epoch(
        restart,
        step,
        new Trace.Spent(evaluations(), term.calls(), seconds()),
        0,
        new Trace.Losses(
            Double.NaN, 1 - found.accuracy(), found.cost() / problem.reference(), -found.value()),
        List.of(),
        space.genotype(found.choice()),
        found.designIndex());
  }

  /** A network with its accelerator, after evaluating its loss. */
  private Candidate looked(int[] choice) {
    new Refinement(space).encode(choice, oneHot);
    double lossHere = lossOf(oneHot, model.readsNeighbours() ? null : byGates);
    check("loss of the derived network", lossHere);
    return derivation.complete(choice, 1 - lossHere);
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }

  private void keep() {
    long now = System.nanoTime();
    if (checkpoint != null && now - lastCheckpoint >= BETWEEN_CHECKPOINTS_NS) {
      lastCheckpoint = now;
      checkpoint.save(this::write);
    }
  }

  private void stop() {
    if (checkpoint != null) {
      checkpoint.save(this::write);
    }
    throw new CancellationException(name + " was interrupted" + goesOn());
  }

  private String goesOn() {
    return checkpoint == null ? "" : "; it resumes from " + checkpoint.file();
  }

  /** Takes a step; returns the loss terms of an epoch that ended here. */
  private RelaxedLoss.Terms step(double progress) {
    RelaxedLoss.Terms terms = loss.at(alpha, model, progress, random(step), byAlpha);
    steps++;
    note();
    trained |= !Double.isNaN(terms.training());
    check("expected cost", terms.cost());
    if (loss.rests(progress)) {
      return terms;
    }
    check("accuracy loss", terms.accuracy());
    if (hard) {
      double excess = loss.excess(alpha, byExcess);
      manipulation.apply(excess, byAlpha, byExcess);
    }
    alpha.step(byAlpha, options.learningRate());
    return terms;
  }

  private void check(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          what
              + " is "
              + value
              + " in attempt "
              + (restart + 1)
              + ", step "
              + (step + 1)
              + " of "
              + name
              + ". Maybe a learning rate is too high; that of the architecture is "
              + options.learningRate()
              + ".");
    }
  }

  /**
   * Derives a network and chooses its accelerator.
   *
   * @param compare whether it may become the result
   */
  private Trace.Epoch derive(RelaxedLoss.Terms at, boolean compare) {
    int[] choice = space.choice(alpha.genotype());
    int designIndex;
    if (best != null && Arrays.equals(choice, best.choice())) {
      designIndex = best.designIndex();
    } else if (compare && !Arrays.equals(choice, derived)) {
      Candidate candidate = looked(choice);
      designIndex = candidate.designIndex();
      best = candidate.better(best) ? candidate : best;
      derived = choice;
    } else {
      designIndex = derivation.designIndex(choice);
    }
    List<Double> shown = new ArrayList<>();
    for (double p : loss.probabilities()) {
      shown.add(p);
    }
    return new Trace.Epoch(
        restart,
        step,
        new Trace.Spent(evaluations(), term.calls(), seconds()),
        at.entropy(),
        new Trace.Losses(at.training(), at.accuracy(), at.cost(), at.total()),
        shown,
        space.genotype(choice),
        designIndex);
  }

  private SearchResult result(double evaluatorSeconds) {
    if (hard && !best.feasible()) {
      Candidate witness = Feasibility.witness(problem, seed);
      best = witness.better(best) ? witness : best;
    }
    Task task = problem.task();
    double searched = seconds();
    double accuracy = task.accuracy(best.choice(), seed);
    Candidate found = Candidate.of(problem, best.choice(), best.designIndex(), accuracy);
    note(best.choice());
    return SearchResult.of(
        name,
        seed,
        problem,
        found,
        term.believed(found.choice(), found.designIndex()),
        new Trace(epochs),
        new SearchCost(
            searched + evaluatorSeconds,
            new SearchCost.Used(
                information(),
                evaluations(),
                steps,
                task.trains() ? 1 : 0,
                images + model.images()),
            term.calls(),
            evaluatorSeconds));
  }

  /** The network found counts, whoever proposed it. */
  private void note(int[] choice) {
    if (model.read() != null && problem.task() instanceof TabularTask tabular) {
      read.add(tabular.table().index(choice));
    }
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeInt(restart);
    out.writeInt(step);
    out.writeLong(steps);
    read.write(out);
    out.writeLong(images);
    out.writeLong(term.calls());
    out.writeDouble(seconds());
    out.writeBoolean(trained);
    out.writeDouble(manipulation.delta());
    alpha.write(out);
    byte[] state = model.state();
    out.writeInt(state.length);
    out.write(state);
    writeChoice(out, derived);
    writeChoice(out, best == null ? null : best.choice());
    if (best != null) {
      out.writeInt(best.designIndex());
      out.writeDouble(best.accuracy());
    }
    TraceFile.write(out, epochs);
  }

  private void read(DataInputStream in) throws IOException {
    restart = in.readInt();
    step = in.readInt();
    steps = in.readLong();
    read.read(in);
    begin();
    images = in.readLong();
    term.calls(in.readLong());
    secondsBefore = in.readDouble();
    trained = in.readBoolean();
    manipulation.delta(in.readDouble());
    alpha.read(in);
    model.restore(in.readNBytes(in.readInt()));
    derived = readChoice(in);
    int[] choice = readChoice(in);
    best = null;
    if (choice != null) {
      best = derivation.candidate(choice, in.readInt(), in.readDouble());
    }
    epochs = TraceFile.read(in);
  }

  private static void writeChoice(DataOutputStream out, int[] choice) throws IOException {
    out.writeInt(choice == null ? -1 : choice.length);
    for (int i = 0; choice != null && i < choice.length; i++) {
      out.writeInt(choice[i]);
    }
  }

  private static int[] readChoice(DataInputStream in) throws IOException {
    int length = in.readInt();
    int[] choice = length < 0 ? null : new int[length];
    for (int i = 0; i < length; i++) {
      choice[i] = in.readInt();
    }
    return choice;
  }
}
