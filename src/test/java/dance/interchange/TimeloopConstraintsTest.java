package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import dance.simulate.mapper.MapConstraints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeloopConstraintsTest {
  private static final List<String> DIMENSIONS = List.of("C", "M", "R", "S", "N", "P", "Q");

  @TempDir Path folder;

  private MapConstraints.Level glb(String constraints) throws IOException {
    return read("architecture_constraints:\n  targets:\n" + constraints).value().levels().get(1);
  }

  private Parsed<MapConstraints> read(String text) throws IOException {
    ReferenceCases.Case valid = ReferenceCases.named("s01-MX-CY");
    Path file = Files.writeString(folder.resolve("c.yaml"), text);
    return TimeloopConstraints.read(file, valid.einsum(), valid.accelerator());
  }

  @Test
  void whatIsNotNamedIsFree() throws IOException {
    MapConstraints constraints =
        read("mapspace_constraints: [{target: GLB, type: temporal, permutation: PQ}]").value();
    assertThat(constraints.levels().get(0)).isEqualTo(MapConstraints.Level.FREE);
    assertThat(constraints.levels().get(1).temporal().innermost()).containsExactly("P", "Q");
    assertThat(constraints.levels().get(1).spatial()).isEqualTo(MapConstraints.Loops.FREE);
  }

  @Test
  void factorsAreFixedLimitedOrTheRest() throws IOException {
    MapConstraints.Level level =
        glb("  - {target: GLB, type: temporal, factors: 'C=2 M<=4 P=-1 Q=0 R1'}\n");
    assertThat(level.temporal().factors()).isEqualTo(Map.of("C", 2, "Q", 8, "R", 1));
    assertThat(level.temporal().atMost()).isEqualTo(Map.of("M", 4));
    assertThat(level.temporal().mayIterate("R")).isFalse();
    assertThat(level.temporal().mayIterate("P")).isTrue();
  }

  @Test
  void factorBeyondTheDimensionIsClippedWithAWarning() throws IOException {
    Parsed<MapConstraints> reading =
        read("mapspace_constraints: [{target: GLB, type: temporal, factors: C=100}]");
    assertThat(reading.value().levels().get(1).temporal().factors()).isEqualTo(Map.of("C", 8));
    assertThat(reading.warnings()).singleElement().asString().contains("8 is taken");
  }

  @Test
  void splitCountsFixedDimensionsToo() throws IOException {
    MapConstraints.Level level =
        glb(
            "  - {target: GLB, type: spatial, factors: 'R=1,S=1,P=1,Q=1', permutation: NQPSRCM,"
                + " split: 1}\n");
    // Only N is laid along X: C and M run along Y.
    assertThat(level.alongX(DIMENSIONS)).containsExactly(Set.of("N"));
  }

  @Test
  void splitBeyondAllDimensionsPutsEverythingOnX() throws IOException {
    MapConstraints.Level level =
        glb("  - {target: GLB, type: spatial, factors: 'N=1,P=1,R=1,S=1,Q=1', split: 999}\n");
    assertThat(level.alongX(DIMENSIONS)).containsExactly(Set.of("C", "M"));
  }

  @Test
  void splitOfZeroPutsEverythingOnY() throws IOException {
    MapConstraints.Level level =
        glb("  - {target: GLB, type: spatial, permutation: CM, split: 0}\n");
    assertThat(level.alongX(DIMENSIONS)).containsExactly(Set.of());
  }

  @Test
  void withoutSplitEveryPrefixOfTheOrderMayBeOnX() throws IOException {
    MapConstraints.Level level =
        glb("  - {target: GLB, type: spatial, factors: R1 S1 P1 Q1 N1, permutation: MCRSPQN}\n");
    assertThat(level.alongX(DIMENSIONS))
        .containsExactlyInAnyOrder(Set.of(), Set.of("M"), Set.of("M", "C"));
  }

  @Test
  void freeLevelMayLayAnyDimensionsAlongX() {
    assertThat(MapConstraints.Level.FREE.alongX(List.of("A", "B")))
        .containsExactlyInAnyOrder(Set.of(), Set.of("A"), Set.of("B"), Set.of("A", "B"));
  }

  @Test
  void keptAndBypassedTensorsAreRead() throws IOException {
    MapConstraints.Level level =
        glb("  - {target: GLB, type: bypassing, keep: [Inputs], bypass: [Weights]}\n");
    assertThat(level.keeps()).containsExactly("Inputs");
    assertThat(level.bypasses()).containsExactly("Weights");
  }
}
