package dance.lesson;

import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.List;

/** Lab 1, one layer: work, words, and what moves. */
final class OneLayerExercises {
  static final double ROUNDED = 5e-4;

  private OneLayerExercises() {}

  static Exercise macs(long seed) {
    Given given = new Given("1a", seed);
    int c = given.of("C", 3, 8, 16, 24);
    int k = given.of("K", 12, 32, 48);
    int r = given.of("R", 3, 5);
    int stride = given.of("stride", 1, 2);
    int p = given.of("P", 7, 10, 14);
    long h = given.note("H", (p - 1L) * stride + r);
    long right = Layer.conv("c", c, k).kernel(r).stride(stride).output(p).macs();
    return given.exercise(
        """
        A convolution takes %d channels of %d × %d words and a kernel of %d × %d, without padding,
        with stride %d, to %d channels. How many multiplications is that? (four digits are enough)
        """
            .formatted(c, h, h, r, r, stride, k),
        new NumberSolution(
            right,
            "MACs",
            ROUNDED,
            List.of(
                new Mistake(
                    "input size taken for output size",
                    (double) k * c * r * r * h * h,
                    "a kernel has fewer positions than the input has words."),
                new Mistake(
                    "kernel forgotten",
                    (double) k * c * p * p,
                    "every output sums over the words of the kernel, too."),
                new Mistake(
                    "additions counted, too",
                    2.0 * right,
                    "a MAC is one multiplication with its addition.")),
            "Outputs, times what each sums over: K·P·Q · C·R·S."),
        "How many outputs are there?",
        "The output has (H − R) / stride + 1 rows.",
        "Every output sums over C·R·S products.");
  }

  static Exercise inputs(long seed) {
    Given given = new Given("1b", seed);
    int c = given.of("C", 3, 8, 16, 24);
    int r = given.of("R", 3, 5, 7);
    int stride = given.of("stride", 1, 2);
    int p = given.of("P", 7, 10, 14, 28);
    long h = (p - 1L) * stride + r;
    Einsum einsum = Layer.conv("c", c, 8).kernel(r).stride(stride).output(p).einsum();
    Evaluation all = HandOut.evaluate(einsum, HandOut.buffer(1L << 40), whole(einsum));
    return given.exercise(
        """
        A convolution computes %d × %d positions of a kernel of %d × %d with stride %d over %d
        channels. How many input words does it need? A word has 2 bytes. (four digits are enough)
        """
            .formatted(p, p, r, r, stride, c),
        new NumberSolution(
            HandOut.reads(all, "DRAM", "Inputs"),
            "words",
            ROUNDED,
            List.of(
                new Mistake(
                    "halo forgotten",
                    (double) c * p * stride * p * stride,
                    "the kernel reaches beyond its last position."),
                new Mistake("words, not bytes", 2.0 * c * h * h, "the question asks for words."),
                new Mistake(
                    "every position by itself",
                    (double) c * p * p * r * r,
                    "neighbouring positions share words.")),
            "(P − 1)·stride + R rows, as many columns, C channels."),
        "Where does the kernel stand first, and where last?",
        "Its last row stands at (P − 1)·stride + R − 1.");
  }

  static String whole(Einsum einsum) {
    StringBuilder loops = new StringBuilder("DRAM: \n GLB: ");
    einsum.dimensions().forEach(loop -> loops.append(loop).append(' '));
    return loops.toString();
  }

  static Exercise partialSums(long seed) {
    Given given = new Given("1c", seed);
    int k = given.of("K", 4, 8, 16);
    int c = given.of("C", 2, 4, 8);
    int r = given.of("R", 3, 5);
    int p = given.of("P", 14, 28);
    Einsum einsum = Layer.conv("c", c, k).kernel(r).output(p).einsum();
    String loops = "K=%d C=%d R=%d S=%d P=%d Q=%d".formatted(k, c, r, r, p, p);
    Evaluation one =
        HandOut.evaluate(einsum, HandOut.weightPes(1), "DRAM: \n GLB: " + loops + "\n PE: ");
    long macs = einsum.points();
    long outputs = (long) k * p * p;
    return given.exercise(
        """
        One PE holds a weight while the image passes; inputs and partial sums stay in the global
        buffer. The loops, outermost first: %s. How many partial sums does the PE
        read from the global buffer? (four digits are enough)
        """
            .formatted(loops),
        new NumberSolution(
            HandOut.reads(one, "GLB", "Outputs"),
            "words",
            ROUNDED,
            List.of(
                new Mistake(
                    "first accumulation read back",
                    macs,
                    "the first time that an output is accumulated there is nothing to read."),
                new Mistake(
                    "counts partial sums twice",
                    2.0 * macs - outputs,
                    "a partial sum that is written is not read: only reads are asked for."),
                new Mistake(
                    "finished outputs only", outputs, "a sum comes back for every product.")),
            "A read for every MAC but the first of each output."),
        "How often is an output accumulated?",
        "C·R·S times; what is read at the first of them?");
  }

  static Exercise halo(long seed) {
    Given given = new Given("1d", seed);
    int pes = given.of("PEs", 2, 4, 7);
    int rows = given.of("rows", 2, 3, 4);
    int r = given.of("R", 3, 5);
    int q = given.of("Q", 8, 14);
    int c = given.of("C", 2, 4);
    Einsum einsum = Layer.conv("c", c, 4).kernel(r).output(pes * rows, q).einsum();
    Evaluation spread =
        HandOut.evaluate(
            einsum,
            HandOut.pes(pes, 1),
            "DRAM: \n GLB: K=4; X: P=%d\n RF: P=%d Q=%d C=%d R=%d S=%d"
                .formatted(pes, rows, q, c, r, r));
    long columns = q + r - 1L;
    return given.exercise(
        """
        %d PEs compute %d rows of outputs each, %d columns wide, of a convolution with %d channels
        and a kernel of %d × %d (stride 1). A register file holds all input words that its PE needs;
        words that two PEs need are read for each, for their tiles are not the same. How many input
        words are read from the global buffer? (four digits are enough)
        """
            .formatted(pes, rows, q, c, r, r),
        new NumberSolution(
            HandOut.reads(spread, "GLB", "Inputs"),
            "words",
            ROUNDED,
            List.of(
                new Mistake(
                    "halo not read again",
                    (double) c * (pes * rows + r - 1L) * columns,
                    "rows at the seam of two PEs are read for both."),
                new Mistake(
                    "halo forgotten",
                    (double) c * pes * rows * columns,
                    "the kernel reaches beyond the last row of a PE."),
                new Mistake(
                    "every position by itself",
                    (double) c * pes * rows * q * r * r,
                    "a register file holds the words that positions share.")),
            "PEs · C · (rows + R − 1) · (Q + S − 1)."),
        "How many input rows does one PE need?",
        "rows + R − 1 of them; and which of these does its neighbour need as well?");
  }

  static Exercise lastTile(long seed) {
    Given given = new Given("1e", seed);
    int tile = given.of("tile", 4, 8);
    int k = (int) given.note("K", 2L * tile + given.of("rest", 1, 2, 3));
    int c = given.of("C", 4, 8, 16);
    int again = given.of("times", 2, 4);
    int p = again * 4;
    given.note("P", p);
    Einsum einsum = Layer.conv("c", c, k).kernel(3).output(p, 8).einsum();
    Evaluation tiled =
        HandOut.evaluate(
            einsum,
            HandOut.buffer(1L << 40),
            "DRAM: P=%d K=3\n GLB: K=%d C=%d R=3 S=3 P=4 Q=8".formatted(again, tile, c));
    long words = 9L * c;
    return given.exercise(
        """
        %d output channels of a 3 × 3 convolution over %d channels are computed %d at a time, the
        last time those that are left. The loops at the DRAM, outermost first: P=%d K=3; a tile of
        weights stays in the buffer until the next one. How many weights are read from the DRAM?
        """
            .formatted(k, c, tile, again),
        new NumberSolution(
            HandOut.reads(tiled, "DRAM", "Weights"),
            "words",
            0,
            List.of(
                new Mistake(
                    "last tile taken as whole",
                    again * 3.0 * tile * words,
                    "the last tile has fewer channels."),
                new Mistake(
                    "loop around forgotten",
                    k * words,
                    "the loop over P begins again with the first tile of weights.")),
            "All weights, once for each iteration of the loop around."),
        "How many weights are there?",
        "Which loop brings the same tiles again?");
  }

  static Exercise onceFromDram(long seed) {
    Given given = new Given("1f", seed);
    int k = given.of("K", 16, 24, 32);
    int c = given.of("C", 8, 12);
    int p = given.of("P", 8, 12);
    Einsum einsum = Layer.conv("c", c, k).kernel(3).output(p).einsum();
    long weights = 9L * c * k;
    long words = weights / 2 + (long) c * (p + 2) * (p + 2) + (long) k / 2 * p * p;
    given.note("words", words);
    return given.exercise(
        """
        K=%d C=%d P=Q=%d R=S=3 on one MAC unit below a buffer (GLB) of %,d words: less than the layer
        needs. Write a mapping, levels DRAM and GLB, that reads every weight from the DRAM exactly
        once. Any that fits is right.
        """
            .formatted(k, c, p, words),
        new MappingSolution(
            einsum,
            HandOut.buffer(words),
            evaluation -> {
              AccessCounts.Tensor read =
                  evaluation.counts().levels().get(0).tensors().stream()
                      .filter(t -> t.name().equals("Weights"))
                      .findFirst()
                      .orElseThrow();
              return read.reads() == weights
                  ? Verdict.right("every weight is read once.")
                  : Verdict.wrong(
                      "weights read again", Questions.howOften(evaluation, "Weights").sentence());
            }),
        "Which loops at the DRAM move weights, and which do not?",
        "Loops over P and Q outside of those over K, C, R, S bring the weights again.",
        "Half of the output channels at a time just fit: DRAM: K=2.");
  }
}
