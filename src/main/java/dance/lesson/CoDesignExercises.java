package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.Bandwidth;
import dance.accelerator.MacUnit;
import dance.cost.SignificantDigits;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lab 3, co-design: what it costs, what bounds it, and which design to choose. */
final class CoDesignExercises {
  private CoDesignExercises() {}

  static Exercise energy(long seed) {
    Given given = new Given("3a", seed);
    int dram = given.of("DRAM pJ", 100, 160, 200);
    int glb = given.of("GLB pJ", 6, 8, 10);
    int leak = given.of("leak pJ", 2, 4);
    int k = given.of("K", 8, 16);
    int c = given.of("C", 8, 12);
    Einsum einsum = Layer.conv("c", c, k).kernel(3).output(8).einsum();
    Accelerator chip =
        HandOut.buffer(1L << 20)
            .level("DRAM", level -> level.energy(dram, dram, dram))
            .level("GLB", level -> level.energy(glb, glb, glb).leak(leak))
            .mac(new MacUnit("MAC", 1, 1, 0, 0));
    Evaluation run = HandOut.evaluate(einsum, chip, OneLayerExercises.whole(einsum));
    long dramWords = given.note("DRAM words", words(run, 0));
    long glbWords = given.note("GLB words", words(run, 1));
    given.note("MACs", einsum.points());
    given.note("cycles", run.cycles());
    double leakage = (double) leak * run.cycles() / 1000;
    double arithmetic = einsum.points() / 1000.0;
    double total = run.energyPj() / 1000;
    return given.exercise(
        """
        A layer of %s MACs takes %s cycles, %s accesses of the DRAM (%d pJ each) and %s of the
        buffer (%d pJ each); a MAC costs 1 pJ, and the buffer leaks %d pJ a cycle. What is the energy,
        in nJ? (four digits are enough)
        """
            .formatted(
                SignificantDigits.count(einsum.points()),
                SignificantDigits.count(run.cycles()),
                SignificantDigits.count(dramWords),
                dram,
                SignificantDigits.count(glbWords),
                glb,
                leak),
        new NumberSolution(
            total,
            "nJ",
            OneLayerExercises.ROUNDED,
            List.of(
                new Mistake(
                    "energy without leakage",
                    total - leakage,
                    "the buffer leaks in every cycle, whether or not it is used."),
                new Mistake(
                    "energy without arithmetic", total - arithmetic, "MACs cost energy, too."),
                new Mistake("pJ, not nJ", total * 1000, "the answer is asked in nJ.")),
            "Accesses times energy, plus MACs, plus leakage times cycles."),
        "What costs energy even when nothing moves?",
        "DRAM + buffer + MACs + leakage · cycles.");
  }

  private static long words(Evaluation run, int level) {
    return run.counts().levels().get(level).tensors().stream()
        .mapToLong((AccessCounts.Tensor t) -> t.reads() + t.fills() + t.updates())
        .sum();
  }

  static Exercise bound(long seed) {
    Given given = new Given("3b", seed);
    int k = given.of("K", 64, 96);
    int c = given.of("C", 64, 128);
    int pes = given.of("PEs", 32, 64);
    int bytes = given.of("bytes", 2, 4);
    Einsum einsum = Layer.matmul("gemm", 1, 8, c, k).einsum();
    Accelerator chip =
        HandOut.pes(pes, 1)
            .level("DRAM", level -> level.bandwidth(new Bandwidth(1e9, 1e9, bytes / 2.0)));
    StringBuilder glb = new StringBuilder();
    for (Einsum.Loop loop : einsum.dimensions()) {
      int bound = loop.dimension().equals("C") ? loop.bound() / 32 : loop.bound();
      glb.append(loop.dimension()).append('=').append(bound).append(' ');
    }
    String spread = "; X: C=32";
    Evaluation run = HandOut.evaluate(einsum, chip, "DRAM: \n GLB: " + glb + spread + "\n RF: ");
    long words = given.note("words", words(run, 0));
    long compute = given.note("compute cycles", run.counts().computeCycles());
    return given.exercise(
        """
        A fully connected layer keeps the array busy for %s cycles. %s words of 2 bytes pass the
        DRAM, which moves %d bytes a cycle, reads and writes together, while the array works. How many
        cycles does the layer take?
        """
            .formatted(SignificantDigits.count(compute), SignificantDigits.count(words), bytes),
        new NumberSolution(
            run.cycles(),
            "cycles",
            OneLayerExercises.ROUNDED,
            List.of(
                new Mistake(
                    "words, not bytes",
                    Math.max(compute, (double) words / bytes),
                    "a word has two bytes."),
                new Mistake(
                    "sum instead of the maximum",
                    compute + 2.0 * words / bytes,
                    "memory and array work at the same time."),
                new Mistake(
                    "arithmetic alone", compute, "the DRAM needs more time than the array.")),
            "The slower of the two: it is bound by memory."),
        "How long does each of the two take?",
        "The slower decides.");
  }

  static Exercise front(long seed) {
    Given given = new Given("3c", seed);
    List<String> names = List.of("A", "B", "C", "D", "E", "F");
    List<long[]> designs = new ArrayList<>();
    StringBuilder rows = new StringBuilder();
    // A, B and C trade one for the other; the others lie somewhere, D behind B for certain
    int[][] about = {{2, 9}, {5, 5}, {9, 2}, {6, 6}, {0, 0}, {0, 0}};
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      long ms =
          i < 4 ? given.note(name + " ms", about[i][0]) : given.of(name + " ms", 3, 4, 7, 8, 10);
      long mj =
          i < 4 ? given.note(name + " mJ", about[i][1]) : given.of(name + " mJ", 3, 4, 7, 8, 10);
      designs.add(new long[] {ms, mj});
      rows.append("  ").append(name).append("  ").append(ms).append(" ms  ");
      rows.append(mj).append(" mJ\n");
    }
    return given.exercise(
        "Which of these designs are on the Pareto front of latency and energy? Name all.\n" + rows,
        new ChoiceSolution(
            names,
            () -> undominated(names, designs),
            "keeps a dominated design",
            "leaves out a design of the front",
            "No other design is as good in both and better in one."),
        "A design is dominated if another is as good in both and better in one.",
        "Sort by latency: on the front, energy falls from each to the next.");
  }

  static Set<String> undominated(List<String> names, List<long[]> designs) {
    Set<String> front = new LinkedHashSet<>();
    for (int i = 0; i < designs.size(); i++) {
      long[] one = designs.get(i);
      boolean dominated =
          designs.stream()
              .anyMatch(
                  other ->
                      other[0] <= one[0]
                          && other[1] <= one[1]
                          && (other[0] < one[0] || other[1] < one[1]));
      if (!dominated) {
        front.add(names.get(i));
      }
    }
    return front;
  }

  static Exercise breakEven(long seed) {
    Given given = new Given("3d", seed);
    int dram = given.of("DRAM pJ", 20, 24, 30);
    int read = given.of("read pJ", 4, 6, 8);
    int fill = given.of("fill pJ", 50, 70, 90);
    long right = (dram + fill) / (dram - read) + 1;
    return given.exercise(
        """
        A word costs %d pJ to read from far away. A buffer costs %d pJ to fill with it, and %d pJ for
        each read. From how many uses of the word on does the buffer cost less energy?
        """
            .formatted(dram, fill, read),
        new NumberSolution(
            right,
            "uses",
            0,
            List.of(
                new Mistake(
                    "fill forgotten",
                    dram / (dram - read) + 1L,
                    "the word has to be written into the buffer first."),
                new Mistake(
                    "one use too few", right - 1.0, "there, the buffer does not cost less yet.")),
            "n reads from far away against one, a fill, and n reads nearby."),
        "What do n uses cost without the buffer, and what with it?",
        "n·far > far + fill + n·near.");
  }

  static Exercise slope(long seed) {
    Given given = new Given("3e", seed);
    double[] p = {given.of("p1", 20, 50) / 100.0, given.of("p2", 10, 30) / 100.0, 0};
    p[2] = given.note("p3", 100 - Math.round(100 * (p[0] + p[1]))) / 100.0;
    double[] cost = {given.of("c1", 30, 36), given.of("c2", 8, 12), given.of("c3", 17, 23)};
    double mean = p[0] * cost[0] + p[1] * cost[1] + p[2] * cost[2];
    double right = Softmax.back(1, p, cost)[0];
    return given.exercise(
        """
        A block has three operations of %.0f, %.0f and %.0f mJ; softmax(α) gives them the probabilities
        %.2f, %.2f and %.2f. What is the derivative of the expected energy with respect to the α of the
        first one, in mJ? (three digits)
        """
            .formatted(cost[0], cost[1], cost[2], p[0], p[1], p[2]),
        new NumberSolution(
            right,
            "mJ",
            2e-3,
            List.of(
                new Mistake(
                    "by the probability, not by α",
                    cost[0],
                    "α changes the probabilities of all three operations."),
                new Mistake(
                    "the others' loss forgotten",
                    p[0] * cost[0],
                    "as one becomes more probable, the others become less so."),
                new Mistake(
                    "times 1 − p only",
                    p[0] * (1 - p[0]) * cost[0],
                    "the others cost something, too."),
                new Mistake("expected energy", mean, "its derivative is asked for.")),
            "p₁ · (c₁ − Σ p c)."),
        "How does each probability change with the first α?",
        "∂pᵢ/∂α₁ = p₁ (1 − p₁) for the first, −pᵢ p₁ for the others.",
        "p₁ · (c₁ − expected energy).");
  }
}
