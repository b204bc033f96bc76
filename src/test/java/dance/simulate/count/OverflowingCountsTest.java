package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.simulate.mapping.Accounting;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A count that no long holds is refused, not wrapped around. Bounding boxes of inputs that lie a
 * billion words apart have more words than there are operations.
 */
class OverflowingCountsTest {
  private static final int APART = 1 << 30;
  private static final Accelerator EYERISS = Accelerators.eyeriss();

  /** A convolution of 3 × outputs rows of as many pixels, whose stride is 2³⁰. */
  private static CompiledEinsum sparse(int thirdOfRows, int columns) {
    Map<String, Integer> bounds = Map.of("P", 3 * thirdOfRows, "Q", columns, "R", 2, "S", 2);
    return new CompiledEinsum(
        Einsum.of(
            "sparse",
            new TreeMap<>(bounds),
            Tensor.of("W", Operand.WEIGHT, Axis.of("R"), Axis.of("S")),
            Tensor.of("I", Operand.INPUT, apart("P", "R"), apart("Q", "S")),
            Tensor.of("O", Operand.OUTPUT, Axis.of("P"), Axis.of("Q"))));
  }

  private static Axis apart(String output, String kernel) {
    return new Axis(List.of(new Axis.Term(output, APART), new Axis.Term(kernel, 1)));
  }

  private static Counter count(CompiledEinsum shape, Accounting accounting) {
    Counter counter = new Counter(shape, EYERISS.levels().size(), false);
    counter.count(tilesOfThreeRows(shape), accounting);
    return counter;
  }

  /** All levels keep tiles of three rows of outputs; the loop over these is outermost. */
  private static CompiledMapping tilesOfThreeRows(CompiledEinsum shape) {
    CompiledMapping nest = new CompiledMapping(shape.dimensions, EYERISS.levels().size());
    int rows = 0;
    nest.clear();
    for (int l = 0; l < nest.levels; l++) {
      nest.beginLevel(l);
      nest.keeps[l] = TensorSet.ALL;
      if (l == 0) {
        nest.add(rows, shape.bounds[rows] / 3, CompiledMapping.TEMPORAL);
      }
      for (int d = 0; d < shape.dimensions && l == nest.levels - 1; d++) {
        nest.add(d, d == rows ? 3 : shape.bounds[d], CompiledMapping.TEMPORAL);
      }
    }
    nest.finish();
    return nest;
  }

  @Test
  void whatALongHoldsIsCounted() {
    long side = 2L * APART + 2;
    assertThat(count(sparse(1, 3), Accounting.TIMELOOP).reads[1]).isEqualTo(side * side);
    assertThat(count(sparse(4, 8), Accounting.EXACT).reads[1]).isEqualTo(24 * 16);
  }

  @Test
  void aTileOfTooManyWordsIsRefused() {
    assertThatThrownBy(() -> count(sparse(1, 8), Accounting.TIMELOOP))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void tooManyWordsInAllAreRefused() {
    assertThatThrownBy(() -> count(sparse(4, 3), Accounting.TIMELOOP))
        .isInstanceOf(ArithmeticException.class);
  }
}
