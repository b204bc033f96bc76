package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.LoopNest;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeloopCasesTest {
  static List<ReferenceCases.Case> cases() {
    return ReferenceCases.all();
  }

  /** Those whose mapping a search found, under constraints; all are in the shared folder. */
  static List<ReferenceCases.Case> searchedCases() {
    return cases().stream().filter(c -> c.constraints().isPresent()).toList();
  }

  @Test
  void ownCasesAreThere() {
    assertThat(ReferenceCases.own()).hasSize(38);
  }

  @Test
  void allCasesAreThereWhereTheSharedFolderIs() {
    ReferenceCases.requireShared();
    assertThat(ReferenceCases.all()).hasSize(74);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mappingIsTheLoopNestThatTimeloopPrints(ReferenceCases.Case reference) {
    LoopNest nest = LoopNest.of(reference.einsum(), reference.accelerator(), reference.mapping());
    assertThat(nest.toString()).isEqualTo(withoutSizes(reference.text("map.txt")));
  }

  /** Timeloop's print without tile sizes, empty lines and rulers. */
  private static String withoutSizes(String map) {
    return map.lines()
            .map(line -> line.replaceAll(":\\d+ \\(\\d+\\)", "").stripTrailing())
            .filter(line -> !line.isEmpty() && !line.startsWith("---"))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writtenMappingReadsBackEqual(ReferenceCases.Case reference, @TempDir Path folder)
      throws IOException {
    Einsum einsum = reference.einsum();
    Accelerator accelerator = reference.accelerator();
    Mapping mapping = reference.mapping();
    Path file = folder.resolve("mapping.yaml");
    Files.writeString(file, TimeloopMappingWriter.write(mapping, einsum, accelerator));
    Parsed<Mapping> again = TimeloopMapping.read(file, einsum, accelerator);
    assertThat(again.value()).isEqualTo(mapping);
    assertThat(again.warnings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  @SuppressWarnings("unchecked")
  void levelsAreWhatTimeloopMakesOfThem(ReferenceCases.Case reference) {
    Accelerator accelerator = reference.accelerator();
    Map<String, Map<String, Object>> expected =
        ((List<Map<String, Object>>) reference.stats().get("levels"))
            .stream().collect(Collectors.toMap(l -> (String) l.get("name"), l -> l));
    long meshX = 1;
    long meshY = 1;
    for (int i = 0; i < accelerator.levels().size(); i++) {
      MemoryLevel level = accelerator.levels().get(i);
      Map<String, Object> stats = expected.get(level.name());
      assertThat(stats).as(level.name()).isNotNull();
      Object size = stats.get("size");
      // Timeloop prints no size, or 0, for a level that is not limited.
      long words = size == null ? 0 : ((Number) size).longValue();
      assertThat(level.capacityWords() == MemoryLevel.UNBOUNDED ? 0 : level.capacityWords())
          .as("size of %s", level.name())
          .isEqualTo(words);
      assertThat(level.wordBits()).isEqualTo(stats.get("word_bits"));
      assertThat(level.lineWords()).as(level.name()).isEqualTo(stats.get("block_size"));
      assertThat(level.clusterSize()).as(level.name()).isEqualTo(stats.get("cluster_size"));
      assertThat(level.multipleBuffering()).isEqualTo(stats.get("multiple_buffering"));
      assertThat(level.readWordsPerCycle()).isEqualTo(bandwidth(stats.get("read_bandwidth")));
      assertThat(level.writeWordsPerCycle()).isEqualTo(bandwidth(stats.get("write_bandwidth")));
      assertThat(level.sharedWordsPerCycle()).isEqualTo(bandwidth(stats.get("shared_bandwidth")));
      // Timeloop holds areas in single precision and prints two digits; without ART it counts 0.
      double areaUm2 = Double.isNaN(level.areaUm2()) ? 0 : level.areaUm2();
      assertThat(areaUm2)
          .isCloseTo(
              number(stats.get("area_per_instance_um2_rounded")), within(0.006 + 1e-7 * areaUm2));
      assertThat(accelerator.instances(i)).isEqualTo(((Number) stats.get("instances")).longValue());
      assertThat(meshX).isEqualTo(((Number) stats.get("meshX")).longValue());
      assertThat(meshY).isEqualTo(((Number) stats.get("meshY")).longValue());
      meshX *= level.fanoutX();
      meshY *= level.fanoutY();
    }
    Map<String, Object> mac = expected.get(accelerator.mac().name());
    assertThat(accelerator.macUnits()).isEqualTo(((Number) mac.get("instances")).longValue());
  }

  private static double bandwidth(Object stats) {
    return stats == null ? Double.POSITIVE_INFINITY : number(stats);
  }

  private static double number(Object stats) {
    return stats == null ? 0 : ((Number) stats).doubleValue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void problemHasAsManyPointsAsTimeloopComputes(ReferenceCases.Case reference) {
    long computes = ((Number) reference.stats().get("computes")).longValue();
    long expected =
        switch (reference.name()) {
          // Timeloop's imperfect factors are approximate: it counts 27 of these 30 operations.
          case "s12-imperfect-spatial" -> 30;
          default -> computes;
        };
    assertThat(reference.einsum().points()).isEqualTo(expected);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("searchedCases")
  void constraintsOfTheSearchHoldForTheMappingThatItFound(ReferenceCases.Case reference) {
    Einsum einsum = reference.einsum();
    Accelerator accelerator = reference.accelerator();
    Mapping mapping = reference.mapping();
    var constraints =
        TimeloopConstraints.read(reference.constraints().get(), einsum, accelerator).value();
    List<String> dimensions = einsum.dimensions().stream().map(Einsum.Loop::dimension).toList();
    for (int i = 0; i < mapping.levels().size(); i++) {
      Mapping.Level level = mapping.levels().get(i);
      var constraint = constraints.levels().get(i);
      assertThat(level.keeps()).containsAll(constraint.keeps());
      assertThat(level.keeps().stream().filter(constraint.bypasses()::contains)).isEmpty();
      constraint
          .temporal()
          .factors()
          .forEach((d, f) -> assertThat(bound(level.temporal(), d)).isEqualTo(f));
      constraint
          .spatial()
          .factors()
          .forEach(
              (d, f) ->
                  assertThat(bound(level.spatialX(), d) * bound(level.spatialY(), d)).isEqualTo(f));
      var onX = level.spatialX().stream().map(Einsum.Loop::dimension).collect(Collectors.toSet());
      var onY = level.spatialY().stream().map(Einsum.Loop::dimension).collect(Collectors.toSet());
      assertThat(constraint.alongX(dimensions))
          .as("%s: X %s, Y %s", accelerator.levels().get(i).name(), onX, onY)
          .anyMatch(choice -> choice.containsAll(onX) && onY.stream().noneMatch(choice::contains));
    }
  }

  private static int bound(List<Einsum.Loop> loops, String dimension) {
    return loops.stream()
        .filter(l -> l.dimension().equals(dimension))
        .mapToInt(Einsum.Loop::bound)
        .reduce(1, (a, b) -> a * b);
  }
}
