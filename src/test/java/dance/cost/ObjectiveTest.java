package dance.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectiveTest {
  static Stream<Objective> objectives() {
    return Stream.of(
        Objective.LATENCY,
        Objective.ENERGY,
        Objective.AREA,
        Objective.EDP,
        Objective.EDAP,
        Objective.linear(1, 0.25, 3),
        Objective.of(
            "geometric",
            (l, e, a) -> Math.log(l) + 2 * Math.log(e),
            (l, e, a, g) -> {
              g[0] = 1 / l;
              g[1] = 2 / e;
              g[2] = 0;
            }));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void gradientEqualsCentralDifferences(Objective objective) {
    Random random = new Random(1);
    double[] gradient = new double[3];
    for (int i = 0; i < 50; i++) {
      double[] x = random.doubles(3, 0.1, 20).toArray();
      objective.gradient(x[0], x[1], x[2], gradient);
      for (int axis = 0; axis < 3; axis++) {
        double step = 1e-5 * x[axis];
        double[] up = x.clone();
        double[] down = x.clone();
        up[axis] += step;
        down[axis] -= step;
        double slope =
            (objective.cost(up[0], up[1], up[2]) - objective.cost(down[0], down[1], down[2]))
                / (up[axis] - down[axis]);
        assertThat(gradient[axis]).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
      }
    }
  }

  @Test
  void costsAreTheMetricsOfTheSameName() {
    Metrics metrics = new Metrics(2, 3, 5, 0.5);
    assertThat(Objective.EDAP.cost(metrics)).isEqualTo(Metric.EDAP.of(metrics)).isEqualTo(30);
    assertThat(Objective.EDP.cost(metrics)).isEqualTo(Metric.EDP.of(metrics)).isEqualTo(6);
    assertThat(Objective.LATENCY.cost(metrics)).isEqualTo(2);
    assertThat(Objective.ENERGY.cost(metrics)).isEqualTo(3);
    assertThat(Objective.AREA.cost(metrics)).isEqualTo(5);
    assertThat(Objective.linear(1, 10, 100).cost(metrics)).isEqualTo(532);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"edap", "edp", "latency", "energy", "area", "linear:1,1,1", "linear:0.5,0,2E-4"})
  void namesAreReadBack(String name) {
    Objective read = Objective.byName(name);
    assertThat(Objective.byName(read.name()).name()).isEqualTo(read.name());
    assertThat(Objective.byName(read.name()).cost(2, 3, 5)).isEqualTo(read.cost(2, 3, 5));
  }

  @Test
  void upperAndLowerCaseAreAlike() {
    assertThat(Objective.byName("EDAP")).isSameAs(Objective.EDAP);
    assertThat(Objective.byName("Linear:1,2,3").cost(1, 1, 1)).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edpa | Maybe edap was meant.",
        "linear | linear:1,2,0.5",
        "linear:1,2 | linear:1,2,0.5",
        "linear:1,x,2 | linear:1,2,0.5",
        "linear:1,-1,2 | weight -1.0",
        "linear:0,0,0 | weight other than 0"
      })
  void whatIsNoObjectiveIsRefusedWithTheForm(String name, String part) {
    assertThatThrownBy(() -> Objective.byName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }

  @Test
  void limitsDoNotChangeTheCostAndReplaceEachOther() {
    Objective limited =
        Objective.EDP.atMost(Metric.LATENCY, 9).atMost(Metric.AREA, 4).atMost(Metric.LATENCY, 2);
    assertThat(limited.cost(1, 2, 3)).isEqualTo(2);
    assertThat(limited.constraints())
        .containsExactly(new Constraint(Metric.AREA, 4), new Constraint(Metric.LATENCY, 2));
    assertThat(limited.feasible(2, 100, 4)).isTrue();
    assertThat(limited.feasible(2.1, 100, 4)).isFalse();
    assertThat(limited.feasible(new Metrics(2, 1, 4.1, 1))).isFalse();
    assertThat(limited).hasToString("edp, area ≤ 4.0 mm², latency ≤ 2.0 ms");
  }

  @ParameterizedTest
  @CsvSource({"LATENCY", "ENERGY", "AREA", "EDP", "EDAP"})
  void excessIsRelativeAndHasItsGradient(Metric metric) {
    Constraint constraint = new Constraint(metric, 4);
    double[] x = {2, 3, 5};
    double value = metric.of(new Metrics(x[0], x[1], x[2], 1));
    assertThat(constraint.excess(2, 3, 5)).isCloseTo(value / 4 - 1, within(1e-12));
    double[] gradient = new double[3];
    constraint.gradient(2, 3, 5, gradient);
    for (int axis = 0; axis < 3; axis++) {
      double[] up = x.clone();
      up[axis] += 1e-6;
      double slope =
          (constraint.excess(up[0], up[1], up[2]) - constraint.excess(x[0], x[1], x[2])) / 1e-6;
      assertThat(gradient[axis]).isCloseTo(slope, within(1e-5));
    }
  }

  @Test
  void limitsAreRead() {
    assertThat(Constraint.parse("latency=1.5")).isEqualTo(new Constraint(Metric.LATENCY, 1.5));
    assertThat(Constraint.parse("edap = 2")).isEqualTo(new Constraint(Metric.EDAP, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latencyy=1 | Maybe latency=1 was meant.",
        "latency<1 | latency=1.5",
        "latency=a | latency=1.5",
        "utilization=1 | must have the form",
        "area=-1 | positive"
      })
  void whatIsNoLimitIsRefusedWithTheForm(String text, String part) {
    assertThatThrownBy(() -> Constraint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }

  @Test
  void utilizationCannotBeLimited() {
    assertThatThrownBy(() -> Objective.EDAP.atMost(Metric.UTILIZATION, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be on latency, energy, area, EDP, EDAP");
  }
}
