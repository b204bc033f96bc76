package dance.search;

import dance.check.Nearest;
import dance.evaluate.Evaluator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The search methods by name, for the command line and the verbs. */
public enum SearchMethods {
  /** DANCE with exact costs. */
  EXACT,
  /** DANCE with a trained evaluator. */
  NEURAL,
  /** DANCE with a trained evaluator without feature forwarding. */
  NEURAL_NOFF,
  /** Baseline (a) of the paper. */
  ACCURACY,
  /** Baseline (b) of the paper. */
  FLOPS,
  /** {@link Reinforce}, a policy gradient. */
  REINFORCE,
  /** {@link Evolutionary}, NSGA-II. */
  NSGA2,
  /** {@link RandomSearch}. */
  RANDOM,
  /** {@link HillClimbing}. */
  HILL,
  /** DANCE with exact costs and a gradient from evaluated networks. */
  STRAIGHT_THROUGH,
  /** Baseline (b) on MACs, which pooling and sums have none of. */
  MACS,
  /** Baseline (b), its weight chosen in hindsight. */
  FLOPS_BEST,
  /** Baseline (b) on MACs, its weight chosen in hindsight. */
  MACS_BEST,
  /** The network for a chip like Eyeriss, then its own accelerator. */
  EYERISS,
  /** The network for a chip like Eyeriss, and no other chip. */
  EYERISS_ONLY,
  /** The network for the best single chip of the space, then its own accelerator. */
  SINGLE,
  /** The accelerator for a typical network, then the network for it. */
  TYPICAL,
  /** Network and accelerator in turns until nothing changes. */
  ALTERNATING;

  /** Those that price accelerators in the gradient: by exact costs or by a trained evaluator. */
  public static final List<SearchMethods> EVALUATING = List.of(EXACT, NEURAL, NEURAL_NOFF);

  /**
   * The method of this name, case, hyphens, underscores and spaces aside.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names and the nearest
   */
  public static SearchMethods byName(String name) {
    return byName(name, List.of(values()));
  }

  /** {@link #byName(String)} among some methods. */
  public static SearchMethods byName(String name, List<SearchMethods> among) {
    List<String> words = among.stream().map(SearchMethods::word).toList();
    return among.stream()
        .filter(method -> Nearest.plain(method.word()).equals(Nearest.plain(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "search method %s is not one of %s.%s"
                        .formatted(name, String.join(", ", words), Nearest.maybe(name, words))));
  }

  /** The names that {@link #byName} knows. */
  public static List<String> names() {
    return Arrays.stream(values()).map(SearchMethods::word).toList();
  }

  /** What a comparison has if nothing is named: the paper's rows where networks are trained. */
  public static List<SearchMethods> usual(boolean trains) {
    return trains
        ? List.of(ACCURACY, FLOPS, NEURAL_NOFF, NEURAL, EXACT)
        : List.of(
            EXACT, ACCURACY, FLOPS, ALTERNATING, STRAIGHT_THROUGH, REINFORCE, NSGA2, RANDOM, HILL);
  }

  /** The name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it needs a trained evaluator. */
  public boolean isNeural() {
    return this == NEURAL || this == NEURAL_NOFF;
  }

  /** Whether it evaluates networks one by one, instead of training a supernet. */
  public boolean looksOneByOne() {
    return switch (this) {
      case STRAIGHT_THROUGH, REINFORCE, NSGA2, RANDOM, HILL -> true;
      default -> false;
    };
  }

  /**
   * The method itself.
   *
   * @param options of gradient searches; the others have their defaults
   * @param trained makes or loads the evaluator of a neural method, and is asked by no other; it
   *     stays the caller's to close
   */
  public SearchMethod with(CoExplorerOptions options, Supplier<? extends Evaluator> trained) {
    return switch (this) {
      case EXACT -> CoExplorer.exact(options);
      case STRAIGHT_THROUGH -> new StraightThrough(options);
      case NEURAL, NEURAL_NOFF -> CoExplorer.neural(trained.get(), options);
      case ACCURACY -> GradientBaseline.accuracyOnly(options);
      case FLOPS -> GradientBaseline.flopsPenalty(options);
      case REINFORCE -> Reinforce.defaults();
      case NSGA2 -> Evolutionary.defaults();
      case RANDOM -> RandomSearch.defaults();
      case HILL -> HillClimbing.defaults();
      case MACS -> new GradientBaseline(GradientBaseline.Penalty.MACS, options);
      case FLOPS_BEST -> new HindsightPenalty(GradientBaseline.Penalty.OPERATIONS, options);
      case MACS_BEST -> new HindsightPenalty(GradientBaseline.Penalty.MACS, options);
      case EYERISS -> new ChipFirst(FixedChip.EYERISS, true, options);
      case EYERISS_ONLY -> new ChipFirst(FixedChip.EYERISS, false, options);
      case SINGLE -> new ChipFirst(FixedChip.AVERAGE, true, options);
      case TYPICAL -> new ChipFirst(FixedChip.TYPICAL, false, options);
      case ALTERNATING -> Alternating.of(options);
    };
  }

  /**
   * The method itself.
   *
   * @throws IllegalArgumentException if it needs a trained evaluator
   */
  public SearchMethod with(CoExplorerOptions options) {
    return with(
        options,
        () -> {
          throw new IllegalArgumentException(
              "search method %s needs a trained evaluator. Maybe CoExplorer.neural(evaluator,"
                      .formatted(word())
                  + " options).");
        });
  }
}
