package dance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Dram;
import dance.accelerator.Overheads;
import dance.accelerator.Technology;
import dance.accelerator.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of designs shows what varies among them, and nothing that does not. */
class AcceleratorColumnsTest {
  private static final Template BASE = Template.of(14, 12, 16, Dataflow.ROW_STATIONARY);
  private static final List<String> ALWAYS =
      List.of("accelerator", "dataflow", "columns", "rows", "technology");

  record Chip(Accelerator accelerator) {}

  record Clocked(double clockMhz, Accelerator accelerator) {}

  private static List<Map<String, Object>> rows(Accelerator... accelerators) {
    return shown(Results.of(Stream.of(accelerators).map(Chip::new).toList()));
  }

  /** The cells of every row by the titles of their columns. */
  private static <T> List<Map<String, Object>> shown(Rows<T> rows) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (T result : rows.results()) {
      Map<String, Object> row = new LinkedHashMap<>();
      rows.flat().forEach(column -> row.put(column.title(), column.shown(result)));
      shown.add(row);
    }
    return shown;
  }

  private static Set<String> more(List<Map<String, Object>> rows) {
    Set<String> headings = new LinkedHashSet<>();
    rows.forEach(row -> headings.addAll(row.keySet()));
    assertThat(headings).containsAll(ALWAYS);
    ALWAYS.forEach(headings::remove);
    return headings;
  }

  @Test
  void fourBufferSizesAreFourDifferentRows() {
    List<Map<String, Object>> rows =
        rows(
            Stream.of(16, 64, 108, 256)
                .map(kb -> BASE.bufferBytes(kb * 1024L).accelerator())
                .toArray(Accelerator[]::new));
    assertThat(more(rows)).containsExactly("GLB [KB]");
    assertThat(rows.stream().map(row -> row.get("GLB [KB]"))).containsExactly(16L, 64L, 108L, 256L);
  }

  static Stream<Arguments> variants() {
    return Stream.of(
        Arguments.of(Template.of(14, 12, 64, BASE.dataflow()), List.of("RF [words]")),
        Arguments.of(Template.of(16, 12, 16, BASE.dataflow()), List.of()),
        Arguments.of(Template.of(14, 12, 16, Dataflow.WEIGHT_STATIONARY), List.of()),
        Arguments.of(BASE.bufferBytes(1000), List.of("GLB [KB]")),
        Arguments.of(
            BASE.bufferBandwidth(18, 8),
            List.of("GLB read [bytes/cycle]", "GLB write [bytes/cycle]")),
        Arguments.of(BASE.wordBits(8), List.of("word [bits]")),
        Arguments.of(BASE.clockMhz(500), List.of("clock [MHz]")),
        Arguments.of(BASE.dram(Dram.LPDDR4, 32), List.of("DRAM bandwidth [bytes/cycle]")),
        Arguments.of(BASE.dram(Dram.HBM2, BASE.offChip().bytesPerCycle()), List.of("DRAM kind")),
        Arguments.of(
            BASE.technology(Technology.chip45nm()), List.of("clock of the chip [pJ/cycle]")),
        Arguments.of(BASE.overheads(Overheads.NONE), List.of("clock of the chip [pJ/cycle]")),
        Arguments.of(
            BASE.bufferBytes(64 * 1024).clockMhz(400), List.of("GLB [KB]", "clock [MHz]")));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void eachComponentThatVariesIsAColumnAndNoOther(Template other, List<String> columns) {
    List<Map<String, Object>> rows = rows(BASE.accelerator(), other.accelerator());
    assertThat(more(rows)).containsExactlyElementsOf(columns);
    columns.forEach(
        column -> assertThat(rows.get(0).get(column)).isNotEqualTo(rows.get(1).get(column)));
  }

  @Test
  void whatDoesNotVaryIsNoColumn() {
    assertThat(more(rows(BASE.accelerator()))).isEmpty();
    assertThat(more(rows(BASE.accelerator(), BASE.accelerator()))).isEmpty();
  }

  @Test
  void energiesAreColumnsOnlyWhereNothingElseTellsDesignsApart() {
    Accelerator chip = BASE.accelerator();
    Accelerator cheap = chip.level("GLB", glb -> glb.energy(1, 2, glb.updatePj()));
    assertThat(more(rows(chip, cheap))).containsExactly("GLB read [pJ]", "GLB fill [pJ]");
    Accelerator other = BASE.bufferBytes(64 * 1024).accelerator();
    assertThat(more(rows(chip, other, cheap)))
        .containsExactly("GLB [KB]", "GLB read [pJ]", "GLB fill [pJ]");
  }

  @Test
  void aColumnOfTheRecordItselfStays() {
    List<Map<String, Object>> rows =
        shown(
            Results.of(
                List.of(
                    new Clocked(1, BASE.accelerator()),
                    new Clocked(2, BASE.clockMhz(500).accelerator()))));
    assertThat(more(rows)).containsExactly("clock [MHz]");
    assertThat(rows.stream().map(row -> row.get("clock [MHz]"))).containsExactly(1.0, 2.0);
  }

  @Test
  void chipsOfOtherLevelsLeaveTheCellsTheyDoNotHaveEmpty() {
    List<Map<String, Object>> rows =
        rows(Accelerators.eyeriss(), BASE.accelerator(), BASE.bufferBytes(1024).accelerator());
    assertThat(more(rows)).contains("GLB [KB]").noneMatch(heading -> heading.contains("\0"));
  }
}
