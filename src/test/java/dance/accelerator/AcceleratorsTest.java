package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.workload.Operand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AcceleratorsTest {

  static List<String> names() {
    return Accelerators.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPresetHasItsNameSourcesPricesAndLimits(String name) {
    Accelerator preset = Accelerators.byName(name);
    assertThat(preset.name()).isEqualTo(name);
    assertThat(preset.technology()).isNotBlank();
    assertThat(preset.overheads().source()).isNotBlank();
    assertThat(preset.overheads().pjPerCycle(preset.macUnits())).isPositive();
    assertThat(preset.overheads().operationPj()).isPositive();
    assertThat(preset.mac().macPj()).isPositive();
    for (MemoryLevel level : preset.levels()) {
      boolean offChip = level.capacityWords() == MemoryLevel.UNBOUNDED;
      assertThat(level.readPj()).as(level.name()).isPositive().isFinite();
      assertThat(level.fillPj()).as(level.name()).isPositive().isFinite();
      assertThat(level.updatePj()).as(level.name()).isPositive().isFinite();
      assertThat(level.areaUm2() > 0).as(level.name()).isEqualTo(!offChip);
    }
  }

  @ParameterizedTest
  @CsvSource({"Eyeriss, eyeriss", "NVDLA, nvdla", "Shi-DianNao, shidiannao", "' TPU ', tpu"})
  void presetsAreFoundHoweverTheyAreWritten(String typed, String name) {
    assertThat(Accelerators.byName(typed)).isEqualTo(Accelerators.byName(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyOperandIsKeptOnTheChip(String name) {
    List<MemoryLevel> levels = Accelerators.byName(name).levels();
    for (Operand operand : Operand.values()) {
      assertThat(levels.stream().skip(1).anyMatch(l -> l.keeps().contains(operand)))
          .as("%s on chip", operand)
          .isTrue();
    }
  }

  /** MAC units: JSSC'17; nv_large.spec; MICRO'19; ISCA'15; ISCA'17. */
  @ParameterizedTest
  @CsvSource({
    "eyeriss, 168, 200",
    "eyeriss45, 168, 200",
    "nvdla, 2048, 1000",
    "simba, 1024, 1960",
    "shidiannao, 64, 1000",
    "tpu, 65536, 700",
  })
  void arraysHaveThePublishedSize(String name, long macs, double clockMhz) {
    Accelerator preset = Accelerators.byName(name);
    assertThat(preset.macUnits()).isEqualTo(macs);
    assertThat(preset.clockMhz()).isEqualTo(clockMhz);
  }

  /** Peak TOPS: TPU 92 (ISCA'17, abstract), a Simba chiplet 4.01 (VLSI'19). */
  @ParameterizedTest
  @CsvSource({"tpu, 92", "simba, 4.01"})
  void peakPerformanceIsThePublishedOne(String name, double tops) {
    Accelerator preset = Accelerators.byName(name);
    assertThat(preset.macUnits() * 2 * preset.clockMhz() / 1e6)
        .isCloseTo(tops, within(0.01 * tops));
  }

  @Test
  void eyerissIsTheChip() {
    Accelerator eyeriss = Accelerators.eyeriss();
    MemoryLevel dram = eyeriss.levels().get(0);
    MemoryLevel buffer = eyeriss.levels().get(1);
    MemoryLevel registers = eyeriss.levels().get(2);
    assertThat(buffer.fanoutX()).isEqualTo(14);
    assertThat(buffer.fanoutY()).isEqualTo(12);
    assertThat(buffer.capacityWords() * 2).isEqualTo(108 * 1024);
    assertThat(registers.capacityWords()).isEqualTo(260);
    assertThat(eyeriss.dataflow()).isEqualTo(Dataflow.ROW_STATIONARY);
    // 64 bits at 60 MHz are 480 MB/s.
    assertThat(dram.sharedWordsPerCycle() * 2 * 200e6).isCloseTo(480e6, within(1.0));
    assertThat(dram.readPj()).isEqualTo(512);
  }

  @Test
  void eyerissHasThePadsBanksAndNetworksOfTheChip() {
    Technology technology = Technology.chip45nm();
    Accelerator chip = Accelerators.eyeriss45();
    MemoryLevel pads = chip.level("RF");
    Map<Operand, Integer> words =
        Map.of(Operand.WEIGHT, 224, Operand.INPUT, 12, Operand.OUTPUT, 24);
    double um2 = 0;
    for (Map.Entry<Operand, Integer> pad : words.entrySet()) {
      MemoryLevel own = technology.registers("pad", pad.getValue(), 16);
      assertThat(pads.partition(pad.getKey()).orElseThrow().words())
          .isEqualTo((long) pad.getValue());
      assertThat(pads.readPj(pad.getKey())).isEqualTo(own.readPj());
      um2 += own.areaUm2();
    }
    assertThat(pads.areaUm2()).isCloseTo(um2, within(1e-9));
    MemoryLevel buffer = chip.level("GLB");
    assertThat(buffer.partition(Operand.WEIGHT).orElseThrow().words() * 2).isEqualTo(8 * 1024);
    Partition banks = buffer.partition(Operand.OUTPUT).orElseThrow();
    assertThat(banks.operands()).containsExactly(Operand.INPUT, Operand.OUTPUT);
    assertThat(banks.words()).isEqualTo(25 * banks.bankWords());
    assertThat(banks.bankWords() * 16).isEqualTo(512 * 64);
    assertThat(buffer.bandwidth().network(Operand.INPUT)).isEqualTo(1);
    assertThat(buffer.bandwidth().network(Operand.OUTPUT)).isEqualTo(4);
  }

  @Test
  void theTwoEyerissDifferInNodeOnly() {
    Accelerator at45 = Accelerators.eyeriss45();
    Accelerator at65 = Accelerators.eyeriss();
    assertThat(at65.areaMm2() / at45.areaMm2()).isCloseTo(1.5, within(1e-9));
    for (int level = 0; level < 3; level++) {
      MemoryLevel a = at45.levels().get(level);
      MemoryLevel b = at65.levels().get(level);
      double factor = level == 0 ? 1 : Technology.ENERGY_65_OVER_45;
      assertThat(b.readPj()).isCloseTo(a.readPj() * factor, within(1e-9));
      assertThat(b.capacityWords()).isEqualTo(a.capacityWords());
      assertThat(b.readWordsPerCycle()).isEqualTo(a.readWordsPerCycle());
    }
  }

  /** Published 4.86 mm² and 320 mW at 1 GHz (ISCA'15, abstract). */
  @Test
  void shiDianNaoHasThePublishedAreaAndThatOrderOfPower() {
    Accelerator preset = Accelerators.shiDianNaoLike();
    assertThat(preset.areaMm2()).isCloseTo(4.86, within(0.01));
    double pjPerPeCycle =
        preset.mac().macPj()
            + preset.overheads().operationPj()
            + preset.overheads().pjPerCycle(64) / 64;
    assertThat(pjPerPeCycle * 64).isBetween(320.0 / 2, 320.0 * 2);
  }

  @Test
  void anUnknownNameIsAnsweredWithAllNamesAndTheNearest() {
    assertThatThrownBy(() -> Accelerators.byName("eyeris"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.join(", ", Accelerators.names()))
        .hasMessageContaining("template:14x12:rf16:rs")
        .hasMessageEndingWith("Maybe eyeriss was meant.");
  }

  @Test
  void aMalformedTemplateIsAnsweredWithItsForm() {
    assertThatThrownBy(() -> Accelerators.byName("template:14:rf16:rs"))
        .hasMessageContaining("template:14x12:rf16:rs");
    assertThatThrownBy(() -> Accelerators.byName("template:14x12:rf16:xs"))
        .hasMessageContaining("dataflow xs")
        .hasMessageContaining(Dataflow.labels());
    assertThatThrownBy(() -> Accelerators.byName("template:0x12:rf16:ws"))
        .hasMessageContaining("array of 0 × 12 PEs");
    assertThatThrownBy(() -> Accelerators.byName("template:9999999999x12:rf16:ws"))
        .hasMessageContaining("must have the form");
  }
}
