package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random cases are valid, and none of the features that could be miscounted is rare in them. */
class RandomCasesTest {
  private static final List<RandomCases.Case> CASES =
      LongStream.range(0, 1000).mapToObj(seed -> RandomCases.of(seed, 3000)).toList();

  private static List<Einsum.Loop> loopsInsideOut(RandomCases.Case c, String dimension) {
    List<Einsum.Loop> loops = new ArrayList<>();
    for (Mapping.Level level : c.mapping().levels()) {
      Stream.of(level.temporal(), level.spatialY(), level.spatialX())
          .flatMap(List::stream)
          .filter(loop -> loop.dimension().equals(dimension))
          .forEach(loop -> loops.add(0, loop));
    }
    return loops;
  }

  @Test
  void loopsCoverEveryDimensionAndNoneIsLongerThanWhatIsLeft() {
    for (RandomCases.Case c : CASES) {
      for (Einsum.Loop dimension : c.einsum().dimensions()) {
        int stride = 1;
        for (Einsum.Loop loop : loopsInsideOut(c, dimension.dimension())) {
          assertThat(loop.bound())
              .as(c.toString())
              .isBetween(1, (dimension.bound() + stride - 1) / stride);
          stride *= loop.bound();
        }
        assertThat(stride).as(c.toString()).isGreaterThanOrEqualTo(dimension.bound());
      }
      assertThat(c.einsum().points()).isLessThanOrEqualTo(3000);
    }
  }

  @Test
  void sameSeedGivesTheSameCase() {
    assertThat(RandomCases.of(17, 500)).isEqualTo(RandomCases.of(17, 500));
    assertThat(RandomCases.of(17, 500)).isNotEqualTo(RandomCases.of(18, 500));
  }

  private static void assertShare(String feature, Predicate<RandomCases.Case> has, double atLeast) {
    long found = CASES.stream().filter(has).count();
    assertThat(found / (double) CASES.size()).as(feature).isGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void everyFeatureOfEinsumsOccurs() {
    assertShare("strides or dilations", c -> axis(c, false, t -> t.coefficient() > 1), 0.3);
    assertShare("groups", c -> c.einsum().toString().matches(".*G=[2-9].*"), 0.1);
    assertShare("windows over several words", c -> anyAxis(c, false, 2), 0.4);
    assertShare("axes of three dimensions", c -> anyAxis(c, false, 3), 0.02);
    assertShare("outputs with an axis of two dimensions", c -> anyAxis(c, true, 2), 0.05);
    assertShare(
        "scalars", c -> c.einsum().tensors().stream().anyMatch(t -> t.axes().isEmpty()), 0.02);
    assertShare("one input", c -> c.einsum().tensors().size() == 2, 0.05);
    assertShare("three inputs", c -> c.einsum().tensors().size() == 4, 0.02);
  }

  private static boolean anyAxis(RandomCases.Case c, boolean output, int terms) {
    return c.einsum().tensors().stream()
        .filter(t -> (t.role() == Operand.OUTPUT) == output)
        .flatMap(t -> t.axes().stream())
        .anyMatch(
            a ->
                a.terms().stream().filter(t -> c.einsum().bound(t.dimension()) > 1).count()
                    >= terms);
  }

  private static boolean axis(RandomCases.Case c, boolean output, Predicate<Axis.Term> term) {
    return c.einsum().tensors().stream()
        .filter(t -> (t.role() == Operand.OUTPUT) == output)
        .flatMap(t -> t.axes().stream())
        .flatMap(a -> a.terms().stream())
        .anyMatch(term);
  }

  @Test
  void everyFeatureOfMappingsOccurs() {
    for (int levels = 1; levels <= 4; levels++) {
      int count = levels;
      assertShare(levels + " levels", c -> c.mapping().levels().size() == count, 0.05);
    }
    assertShare("partial last tiles", RandomCasesTest::isPartial, 0.15);
    assertShare("perfect factors", c -> !isPartial(c), 0.5);
    assertShare("spatial loops on both axes of a level", c -> onBothAxes(c, false), 0.15);
    assertShare("a dimension on both axes of a level", c -> onBothAxes(c, true), 0.02);
    assertShare("a dimension spread at two levels", RandomCasesTest::spreadTwice, 0.03);
    assertShare("a dimension twice in a level", RandomCasesTest::twiceInALevel, 0.1);
    assertShare("a dimension at several levels", RandomCasesTest::atSeveralLevels, 0.2);
    assertShare("bypass", c -> bypasses(c), 0.4);
    assertShare(
        "unicast", c -> c.mapping().levels().stream().anyMatch(l -> !l.unicast().isEmpty()), 0.1);
    assertShare("partial sums that are spilled", RandomCasesTest::spills, 0.1);
  }

  private static boolean isPartial(RandomCases.Case c) {
    return c.einsum().dimensions().stream()
        .anyMatch(
            d ->
                loopsInsideOut(c, d.dimension()).stream()
                        .mapToInt(Einsum.Loop::bound)
                        .reduce(1, (a, b) -> a * b)
                    > d.bound());
  }

  private static List<String> split(List<Einsum.Loop> loops) {
    return loops.stream().filter(l -> l.bound() > 1).map(Einsum.Loop::dimension).toList();
  }

  private static boolean onBothAxes(RandomCases.Case c, boolean same) {
    return c.mapping().levels().stream()
        .anyMatch(
            l -> {
              List<String> x = split(l.spatialX());
              List<String> y = split(l.spatialY());
              return same ? x.stream().anyMatch(y::contains) : !x.isEmpty() && !y.isEmpty();
            });
  }

  private static boolean spreadTwice(RandomCases.Case c) {
    List<String> spread =
        c.mapping().levels().stream()
            .flatMap(
                l ->
                    Stream.concat(split(l.spatialX()).stream(), split(l.spatialY()).stream())
                        .distinct())
            .toList();
    return spread.stream().distinct().count() < spread.size();
  }

  private static boolean twiceInALevel(RandomCases.Case c) {
    return c.mapping().levels().stream()
        .map(l -> split(l.temporal()))
        .anyMatch(names -> names.stream().distinct().count() < names.size());
  }

  private static boolean atSeveralLevels(RandomCases.Case c) {
    List<String> names =
        c.mapping().levels().stream()
            .flatMap(l -> split(l.temporal()).stream().distinct())
            .toList();
    return names.stream().distinct().count() < names.size();
  }

  private static boolean bypasses(RandomCases.Case c) {
    return c.mapping().levels().stream()
        .anyMatch(l -> l.keeps().size() < c.einsum().tensors().size());
  }

  private static boolean spills(RandomCases.Case c) {
    String output = c.einsum().output().name();
    return LoopNestOracle.count(c.einsum(), c.accelerator(), c.mapping(), Accounting.EXACT)
        .levels()
        .stream()
        .flatMap(l -> l.tensors().stream())
        .anyMatch(t -> t.name().equals(output) && t.fills() > 0);
  }
}
