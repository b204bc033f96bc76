package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateTest {
  private static final Template BASE = Template.of(14, 12, 16, Dataflow.ROW_STATIONARY);

  private static MemoryLevel buffer(Template template) {
    return template.accelerator().levels().get(1);
  }

  private static MemoryLevel registers(Template template) {
    return template.accelerator().levels().get(2);
  }

  @Test
  void moreRegisterWordsCostMoreAreaAccessEnergyLeakageAndWire() {
    for (int words = 1; words < 512; words++) {
      Template small = BASE.rfWords(words);
      Template large = BASE.rfWords(words + 1);
      assertThat(large.accelerator().areaMm2()).isGreaterThan(small.accelerator().areaMm2());
      assertThat(registers(large).readPj()).isGreaterThan(registers(small).readPj());
      assertThat(registers(large).leakPjPerCycle())
          .isGreaterThan(registers(small).leakPjPerCycle());
      assertThat(buffer(large).interconnect().hopPj())
          .isGreaterThan(buffer(small).interconnect().hopPj());
    }
  }

  @Test
  void aLargerArrayCostsMoreAreaAndAFloorInProportionToItsPes() {
    for (int x = 8; x <= 24; x++) {
      for (int y = 8; y <= 24; y++) {
        Accelerator design = BASE.array(x, y).accelerator();
        assertThat(design.macUnits()).isEqualTo((long) x * y);
        assertThat(BASE.array(x + 1, y).accelerator().areaMm2()).isGreaterThan(design.areaMm2());
        assertThat(BASE.array(x, y + 1).accelerator().areaMm2()).isGreaterThan(design.areaMm2());
        assertThat(design.areaMm2()).isEqualTo(BASE.array(y, x).accelerator().areaMm2());
        assertThat(design.overheads()).isEqualTo(Technology.chip65nm().overheads());
      }
    }
  }

  @Test
  void aLargerBufferCostsMoreAreaAndEnergyPerAccess() {
    Template small = BASE.bufferBytes(4096);
    for (long bytes = 8192; bytes <= 4 << 20; bytes += 8192) {
      Template large = BASE.bufferBytes(bytes);
      assertThat(large.accelerator().areaMm2()).isGreaterThan(small.accelerator().areaMm2());
      assertThat(buffer(large).readPj()).isGreaterThan(buffer(small).readPj());
      assertThat(buffer(large).updatePj()).isGreaterThan(buffer(small).updatePj());
      assertThat(buffer(large).capacityWords()).isEqualTo(bytes / 2);
      small = large;
    }
  }

  @Test
  void widerWordsCostMoreAndMoveSlower() {
    for (int bits = 4; bits < 64; bits *= 2) {
      Accelerator narrow = BASE.wordBits(bits).accelerator();
      Accelerator wide = BASE.wordBits(2 * bits).accelerator();
      assertThat(wide.mac().macPj()).isGreaterThan(narrow.mac().macPj());
      assertThat(wide.areaMm2()).isGreaterThan(narrow.areaMm2());
      for (int level = 0; level < 2; level++) {
        MemoryLevel a = narrow.levels().get(level);
        MemoryLevel b = wide.levels().get(level);
        // A line is 64 bits whatever the word.
        assertThat(b.readPj()).isEqualTo(a.readPj());
        assertThat(b.lineWords() * b.wordBits()).isEqualTo(64);
        assertThat(b.readWordsPerCycle()).isEqualTo(a.readWordsPerCycle() / 2);
        assertThat(b.sharedWordsPerCycle()).isEqualTo(a.sharedWordsPerCycle() / 2);
      }
    }
  }

  @Test
  void eachWitherChangesWhatItSays() {
    Template changed =
        BASE.array(3, 5)
            .rfWords(7)
            .dataflow(Dataflow.OUTPUT_STATIONARY)
            .bufferBytes(65536)
            .wordBits(8)
            .clockMhz(500)
            .dram(Dram.HBM2, 32)
            .bufferBandwidth(64, 48)
            .technology(Technology.eyeriss45nm())
            .overheads(Overheads.NONE);
    assertThat(changed)
        .isEqualTo(
            new Template(
                3,
                5,
                7,
                Dataflow.OUTPUT_STATIONARY,
                new Template.Words(8, 500),
                new Template.Buffer(65536, 64, 48),
                new Template.OffChip(Dram.HBM2, 32),
                new Template.Process(Technology.eyeriss45nm(), Overheads.NONE)));
    assertThat(BASE.technology(Technology.chip45nm()).process().overheads())
        .isEqualTo(Technology.chip45nm().overheads());
    Accelerator accelerator = changed.accelerator();
    assertThat(accelerator.clockMhz()).isEqualTo(500);
    assertThat(accelerator.levels().get(0).sharedWordsPerCycle()).isEqualTo(32);
    assertThat(accelerator.levels().get(0).readPj()).isEqualTo(3.9 * 64);
    assertThat(accelerator.levels().get(1).readWordsPerCycle()).isEqualTo(64);
    assertThat(accelerator.levels().get(1).writeWordsPerCycle()).isEqualTo(48);
    assertThat(accelerator.levels().get(2).capacityWords()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Dataflow.class)
  void itsNameFindsItAgain(Dataflow dataflow) {
    Template template = Template.of(9, 21, 32, dataflow);
    assertThat(Accelerators.byName(template.name())).isEqualTo(template.accelerator());
  }

  @Test
  void impossibleSizesAreAnErrorThatNamesThemAll() {
    assertThatThrownBy(() -> BASE.array(0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("array of 0 × 4 PEs must be at least 1 × 1");
    assertThatThrownBy(
            () ->
                new Template(
                    1,
                    1,
                    0,
                    Dataflow.ROW_STATIONARY,
                    new Template.Words(12, 0),
                    new Template.Buffer(0, 1, 1),
                    new Template.OffChip(Dram.LPDDR4, 0),
                    new Template.Process(Technology.eyeriss65nm(), Overheads.NONE)))
        .hasMessageContaining("register file (0 words)")
        .hasMessageContaining("words of 12 bits")
        .hasMessageContaining("global buffer (0 bytes)")
        .hasMessageContaining("clock")
        .hasMessageContaining("bandwidths");
  }
}
