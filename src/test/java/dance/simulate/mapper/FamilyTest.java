package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Dram;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which accelerators are searched together. */
class FamilyTest {
  private static final Template TEMPLATE = Template.of(4, 6, 16, Dataflow.WEIGHT_STATIONARY);

  private static Accelerator design(int columns, int kilobytes, double bytesPerCycle) {
    return TEMPLATE
        .array(columns, 6)
        .bufferBytes(1024L * kilobytes)
        .dram(Dram.LPDDR4, bytesPerCycle)
        .accelerator();
  }

  /** With other levels in place of the buffer. */
  private static Accelerator with(Accelerator accelerator, MemoryLevel buffer) {
    List<MemoryLevel> levels = new ArrayList<>(accelerator.levels());
    levels.set(ArrayGrid.BUFFER, buffer);
    return accelerator.withLevels(levels);
  }

  private static MemoryLevel buffer(Accelerator accelerator) {
    return accelerator.levels().get(ArrayGrid.BUFFER);
  }

  @Test
  void arraysBuffersAndBandwidthsAreTogether() {
    List<Accelerator> all =
        List.of(design(4, 64, 8), design(8, 16, 2), design(4, 16, 8), design(8, 64, 8));
    List<Family> families = Family.of(all);
    assertThat(families).hasSize(1);
    Family family = families.get(0);
    assertThat(family.wordsPerCycle()).containsExactly(4, 1);
    assertThat(family.buffers()).isEqualTo(2);
    assertThat(family.members(0, 0)).as("16 KB, 8 bytes per cycle").containsExactly(2);
    assertThat(family.members(0, 1)).containsExactly(1);
    assertThat(family.members(1, 0)).containsExactly(0, 3);
    assertThat(family.members(1, 1)).isEmpty();
    assertThat(family.members()).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(family.grid().places()).isEqualTo(2);
    Accelerator smallest = family.like(0);
    assertThat(buffer(smallest).capacityWords()).isEqualTo(16 * 1024 / 2);
    assertThat(smallest.levels().get(0).sharedWordsPerCycle()).isEqualTo(4);
  }

  @Test
  void whatElseDiffersIsApart() {
    assertThat(Family.of(List.of(design(4, 64, 8), TEMPLATE.rfWords(32).accelerator()))).hasSize(2);
    assertThat(Family.of(List.of(design(4, 64, 8), TEMPLATE.clockMhz(100).accelerator())))
        .hasSize(2);
    assertThat(Family.of(List.of(design(4, 64, 8), TEMPLATE.bufferBandwidth(3, 3).accelerator())))
        .hasSize(2);
    List<Accelerator> presets = Accelerators.names().stream().map(Accelerators::byName).toList();
    assertThat(Family.of(presets)).hasSameSizeAs(presets);
  }

  /** Bounds with the smallest buffer must hold for all. */
  @Test
  void aBufferThatIsCheaperThanASmallerOneIsApart() {
    Accelerator small = design(4, 16, 8);
    MemoryLevel large = buffer(design(4, 64, 8));
    Accelerator cheaper = with(small, large.energy(large.readPj(), 0.1, large.updatePj()));
    Accelerator tight = with(small, large.leak(0));
    assertThat(Family.of(List.of(small, with(small, large)))).hasSize(1);
    assertThat(Family.of(List.of(small, cheaper))).hasSize(2);
    assertThat(Family.of(List.of(small, tight))).hasSize(2);
    assertThat(Family.of(List.of(cheaper, small, tight)).stream().map(Family::members))
        .allSatisfy(members -> assertThat(members).hasSize(1));
  }

  @Test
  void noFamilyHasTooMany() {
    List<Accelerator> all = IntStream.range(0, 200).mapToObj(i -> design(4, 8 + i, 8)).toList();
    List<Family> families = Family.of(all);
    assertThat(families).hasSize(4);
    assertThat(families.stream().flatMap(family -> family.members().stream()))
        .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
  }
}
