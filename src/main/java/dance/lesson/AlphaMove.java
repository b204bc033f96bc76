package dance.lesson;

import dance.check.Rules;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.evaluate.Evaluator;
import dance.space.NetworkSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One α moves, all others stand still: at some value another accelerator is the best.
 *
 * @param objective what accelerators are chosen by
 * @param block whose α moves
 * @param operation whose α it is
 * @param operations of the space
 * @param frames from the smallest α to the largest
 */
public record AlphaMove(
    String objective, String block, String operation, List<String> operations, List<Frame> frames) {
  private static final double FAR = 6;

  /**
   * A value of the α.
   *
   * @param alpha the value
   * @param probabilities of the block's operations
   * @param design label of the accelerator that is chosen
   * @param costs the objective on the accelerators that are chosen in any of the frames, in the
   *     order of {@link AlphaMove#designs}
   */
  public record Frame(double alpha, List<Double> probabilities, String design, List<Double> costs) {
    /** Copies the lists: the record is immutable. */
    public Frame {
      probabilities = List.copyOf(probabilities);
      costs = List.copyOf(costs);
    }
  }

  /** Copies the lists: the record is immutable. */
  public AlphaMove {
    operations = List.copyOf(operations);
    frames = List.copyOf(frames);
  }

  /**
   * Moves an α from −6 to 6.
   *
   * @param block index of the block
   * @param operation index of the operation
   * @param count of the frames, at least 2
   * @param alpha the others, {@code [blocks · operations]}, as {@link AlphaGradient#of} takes them
   */
  public static AlphaMove of(
      Evaluator evaluator, int block, int operation, int count, double... alpha) {
    NetworkSpace space = evaluator.networkSpace();
    int operations = space.operations().size();
    new Rules()
        .require(count >= 2, "frames (%d) must be at least 2", count)
        .require(
            0 <= block
                && block < space.blocks()
                && 0 <= operation
                && operation < operations
                && space.allows(block, operation),
            "block %d of %s offers no operation %d",
            block,
            space.name(),
            operation)
        .check();
    double[] at = AlphaGradient.alphas(space, alpha);
    List<double[]> moved = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      at[block * operations + operation] = FAR * (2.0 * i / (count - 1) - 1);
      double[] p = Softmax.of(space, at);
      moved.add(p);
      chosen.add(evaluator.designIndex(p));
    }
    List<Integer> designs = chosen.stream().distinct().toList();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] p = moved.get(i);
      frames.add(
          new Frame(
              FAR * (2.0 * i / (count - 1) - 1),
              Stream.iterate(block * operations, j -> j + 1)
                  .limit(operations)
                  .map(j -> p[j])
                  .toList(),
              evaluator.acceleratorSpace().label(chosen.get(i)),
              designs.stream().map(design -> cost(evaluator, design, p)).toList()));
    }
    return new AlphaMove(
        evaluator.objective().name(),
        space.blockNames().get(block),
        space.operations().get(operation),
        space.operations(),
        frames);
  }

  private static double cost(Evaluator evaluator, int design, double[] p) {
    double[] metrics = new double[3];
    evaluator.on(design, p, metrics);
    Objective objective = evaluator.objective();
    return objective.cost(metrics[0], metrics[1], metrics[2]);
  }

  /**
   * Moves the α that changes the accelerator, the first one of those that change it most often.
   *
   * @param count of the frames
   * @param alpha the others, {@code [blocks · operations]}, as {@link AlphaGradient#of} takes them
   */
  public static AlphaMove flipping(Evaluator evaluator, int count, double... alpha) {
    NetworkSpace space = evaluator.networkSpace();
    AlphaMove best = null;
    for (int b = 0; b < space.blocks(); b++) {
      for (int o = 0; o < space.operations().size(); o++) {
        if (space.allows(b, o)) {
          AlphaMove move = of(evaluator, b, o, count, alpha);
          best = best == null || move.designs().size() > best.designs().size() ? move : best;
        }
      }
    }
    return best;
  }

  /** Labels of the accelerators that are chosen, in the order of the frames. */
  public List<String> designs() {
    return frames.stream().map(Frame::design).distinct().toList();
  }

  @Override
  public String toString() {
    return "α of %s in %s from −%s to %s: by %s the accelerator is %s"
        .formatted(
            operation,
            block,
            SignificantDigits.brief(FAR),
            SignificantDigits.brief(FAR),
            objective.toUpperCase(Locale.ROOT),
            String.join(", then ", designs()));
  }
}
