package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lab 2, arrays and dataflows: who shares what, and who waits. */
final class ArrayExercises {
  private ArrayExercises() {}

  static Exercise multicast(long seed) {
    Given given = new Given("2a", seed);
    int pes = given.of("PEs", 2, 4, 8);
    int k = (int) given.note("K", (long) pes * given.of("each", 2, 3));
    int c = given.of("C", 2, 4);
    int p = given.of("P", 14, 28);
    Einsum einsum = Layer.conv("c", c, k).kernel(3).output(p).einsum();
    Evaluation spread =
        HandOut.evaluate(
            einsum,
            HandOut.weightPes(pes),
            "DRAM: \n GLB: K=%d C=%d R=3 S=3 P=%d Q=%d; X: K=%d\n PE: "
                .formatted(k / pes, c, p, p, pes));
    return given.exercise(
        """
        The %d output channels of a 3 × 3 convolution (C=%d, P=Q=%d) are spread over %d PEs, which
        hold one weight each and work on the same input word in the same cycle. How many input words
        are read from the global buffer? (four digits are enough)
        """
            .formatted(k, c, p, pes),
        new NumberSolution(
            HandOut.reads(spread, "GLB", "Inputs"),
            "words",
            OneLayerExercises.ROUNDED,
            List.of(
                new Mistake(
                    "every PE reads for itself",
                    einsum.points(),
                    "a word that all PEs need in the same cycle is read once."),
                new Mistake(
                    "kept from cycle to cycle",
                    (double) c * (p + 2) * (p + 2),
                    "the PEs hold weights: an input word is read again for each.")),
            "One read a cycle: MACs / PEs."),
        "How many cycles does the array take?",
        "How many different input words does it need in one cycle?");
  }

  static Exercise systolic(long seed) {
    Given given = new Given("2b", seed);
    int columns = given.of("columns", 4, 6, 8);
    int rows = given.of("rows", 4, 5, 8);
    int depth = given.of("depth", 4, 12, 32);
    Einsum gemm = Layer.matmul("gemm", 1, columns, depth, rows).einsum();
    Evaluation run =
        HandOut.evaluate(
            gemm,
            HandOut.systolic(columns, rows),
            "GLB: C=%d; X: P=%d; Y: K=%d\n PE: "
                .formatted(depth, gemm.bound("P"), gemm.bound("K")));
    return given.exercise(
        """
        A systolic array of %d columns and %d rows, an output in each PE, multiplies matrices whose
        common side is %d. Operands enter at the left and at the top and advance by one PE per cycle. How
        many cycles does it take until the last PE is done?
        """
            .formatted(columns, rows, depth),
        new NumberSolution(
            run.cycles(),
            "cycles",
            0,
            List.of(
                new Mistake(
                    "without fill and drain", depth, "the last PE begins later than the first."),
                new Mistake(
                    "skew one cycle short",
                    run.cycles() - 1.0,
                    "count the steps from the first PE to the last: columns − 1 and rows − 1."),
                new Mistake(
                    "first PE waits, too",
                    run.cycles() + 2.0,
                    "the first PE begins in the first cycle.")),
            "Depth, plus columns − 1, plus rows − 1."),
        "When does the PE in the corner begin that is farthest away?",
        "It begins columns − 1 + rows − 1 cycles after the first, and takes as long.");
  }

  static Exercise utilization(long seed) {
    Given given = new Given("2c", seed);
    int columns = given.of("columns", 4, 8);
    int whole = given.of("whole", 1, 2, 3);
    int rest = given.of("rest", 1, 2, 3);
    int k = (int) given.note("K", (long) whole * columns + rest);
    Einsum einsum = Layer.conv("c", 4, k).output(6).einsum();
    Evaluation run =
        HandOut.evaluate(
            einsum,
            HandOut.pes(columns, 1),
            "DRAM: \n GLB: K=%d P=6 Q=6 C=4; X: K=%d\n RF: ".formatted(whole + 1, columns));
    return given.exercise(
        """
        %d output channels are spread over %d PEs, as many as there are at a time. What fraction of
        the PEs works, on average over all cycles? (as 0.75 or 75 %%, three digits)
        """
            .formatted(k, columns),
        new NumberSolution(
            run.utilization(),
            "",
            2e-3,
            List.of(
                new Mistake(
                    "last tile taken as whole", 1, "the last time only some of the PEs work."),
                new Mistake(
                    "last iteration only",
                    (double) rest / columns,
                    "that is the fraction in the last iteration, not on average."),
                new Mistake(
                    "part of the PEs in percent",
                    100 * run.utilization(),
                    "write 0.75, or 75 % as a text.")),
            "Channels over PEs times iterations."),
        "How many iterations does it take?",
        "Channels / (PEs · iterations).");
  }

  static Exercise dataflow(long seed) {
    Given given = new Given("2d", seed);
    int c = given.of("C", 8, 12, 16);
    int k = given.of("K", 8, 16);
    int p = given.of("P", 4, 6);
    Einsum einsum = Layer.conv("c", c, k).output(p).einsum();
    return given.exercise(
        """
        K=%d C=%d P=Q=%d R=S=1 on Eyeriss (accelerator "eyeriss"). Which dataflow has the mapping of
        least energy-delay product: ws, os or rs? Predict; then ask dataflow after dataflow. Where
        two have the same, either is right.
        """
            .formatted(k, c, p),
        new OneOfSolution(
            List.of("ws", "os", "rs"),
            new Once<>(() -> best(einsum)),
            "not the least",
            "No other has a smaller energy-delay product."),
        "What is reused most in this layer: weights, inputs or partial sums?",
        "map(layer, \"eyeriss\", o -> o.dataflow(Dataflow.WEIGHT_STATIONARY)).evaluation().edp()");
  }

  /** The dataflows of the least energy-delay product. */
  static Set<String> best(Einsum einsum) {
    Accelerator chip = Accelerators.eyeriss();
    Map<String, Double> products = new LinkedHashMap<>();
    for (Dataflow dataflow :
        List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY)) {
      products.put(dataflow.label(), edp(einsum, chip, dataflow));
    }
    double least = Collections.min(products.values());
    return products.keySet().stream()
        .filter(label -> products.get(label) <= least * (1 + 1e-9))
        .collect(Collectors.toSet());
  }

  private static double edp(Einsum einsum, Accelerator chip, Dataflow dataflow) {
    return Mapper.best(
            Dataflows.space(einsum, chip, dataflow),
            Objective.EDP,
            Accounting.EXACT,
            Effort.DEFAULT)
        .evaluation()
        .edp();
  }

  static Exercise fullArray(long seed) {
    Given given = new Given("2e", seed);
    int columns = given.of("columns", 4, 8);
    int rows = given.of("rows", 3, 4);
    int k = (int) given.note("K", (long) columns * given.of("K each", 2, 3));
    int c = (int) given.note("C", (long) rows * given.of("C each", 2, 4));
    Einsum einsum = Layer.conv("c", c, k).kernel(3).output(5).einsum();
    return given.exercise(
        """
        K=%d C=%d P=Q=5 R=S=3 on an array of %d columns and %d rows. Write a mapping, levels DRAM, GLB
        and RF, under which every PE works in every cycle. Any is right.
        """
            .formatted(k, c, columns, rows),
        new MappingSolution(
            einsum,
            HandOut.pes(columns, rows),
            evaluation -> {
              if (evaluation.utilization() == 1) {
                return Verdict.right("every PE works in every cycle.");
              }
              boolean filled = evaluation.counts().utilizedMacs() == (long) columns * rows;
              return Verdict.wrong(
                  filled ? "last iterations are partial" : "array not filled",
                  Questions.whyIdle(evaluation).sentence());
            }),
        "Which dimensions are multiples of the columns, and of the rows?",
        "GLB: …; X: K=%d; Y: C=%d".formatted(columns, rows));
  }
}
