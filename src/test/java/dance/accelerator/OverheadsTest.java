package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Area by kind of component against the Eyeriss chip (JSSC'17, Section VI), and its bounds. */
class OverheadsTest {
  private static final Overheads CHIP = Technology.chip65nm().overheads();

  /** Stated: 12.25 mm²; the others are arithmetic on stated ratios, rounded as in the issue. */
  @ParameterizedTest
  @CsvSource({"GLB, 2.33", "pads, 5.83", "MAC, 0.907", "rest, 3.18", "core, 12.25"})
  void eyerissHasTheAreaOfTheChipPartByPart(String part, double mm2) {
    Area area = Accelerators.eyeriss().area();
    double rest = area.mm2("rest of the PEs") + area.mm2("rest of the chip");
    double actual =
        switch (part) {
          case "core" -> area.totalMm2();
          case "rest" -> rest;
          case "pads" -> area.totalMm2() - area.mm2("GLB") - area.mm2("MAC") - rest;
          default -> area.mm2(part);
        };
    assertThat(actual).isCloseTo(mm2, Percentage.withPercentage(0.5));
  }

  @Test
  void theAreaIsTheSumOfItsParts() {
    for (String name : Accelerators.names()) {
      Accelerator preset = Accelerators.byName(name);
      double sum = preset.area().parts().stream().mapToDouble(Area.Part::areaMm2).sum();
      assertThat(preset.areaMm2()).isCloseTo(sum, within(1e-9)).isPositive();
    }
  }

  @Test
  void theBoundsMoveTheRestAndKeepItOnTheChipThatItIsOf() {
    for (Overheads bound : new Overheads[] {CHIP.restInPes(), CHIP.restOfChip()}) {
      assertThat(bound.areaUm2(168)).isCloseTo(CHIP.areaUm2(168), within(1e-6));
      assertThat(bound.pjPerCycle(168)).isCloseTo(CHIP.pjPerCycle(168), within(1e-9));
      assertThat(bound.operationPj()).isEqualTo(CHIP.operationPj());
    }
    assertThat(CHIP.restInPes().chipUm2()).isZero();
    assertThat(CHIP.restInPes().chipPjPerCycle()).isZero();
    assertThat(CHIP.restOfChip().peUm2()).isZero();
    assertThat(CHIP.restOfChip().pePjPerCycle()).isZero();
  }

  /** The less of the rest the PEs have, the less the area depends on the array. */
  @Test
  void areaVariesMoreOverTheSpaceTheMoreOfTheRestThePesHave() {
    double least = spread(CHIP.restOfChip());
    double most = spread(CHIP.restInPes());
    System.out.printf(
        "area over the DANCE space, largest over smallest: %.2f; rest in the PEs %.2f, of the chip"
            + " %.2f%n",
        spread(CHIP), most, least);
    assertThat(spread(CHIP)).isBetween(least, most);
    System.out.printf(
        "the same with register files of 16 words: %.2f; %.2f; %.2f%n",
        spread(CHIP, 16, 16), spread(CHIP.restInPes(), 16, 16), spread(CHIP.restOfChip(), 16, 16));
  }

  private static double spread(Overheads overheads) {
    return spread(overheads, 4, 64);
  }

  private static double spread(Overheads overheads, int fewWords, int manyWords) {
    Template small = Template.of(8, 8, fewWords, Dataflow.ROW_STATIONARY).overheads(overheads);
    Template large = Template.of(24, 24, manyWords, Dataflow.ROW_STATIONARY).overheads(overheads);
    return large.accelerator().areaMm2() / small.accelerator().areaMm2();
  }

  @Test
  void theyScaleWithTheNodeLikeItsMac() {
    Technology at28 =
        Technology.eyeriss45nm()
            .scaled("28 nm", 28, 0.5, 0.4, "our own: × %.1f, × %.1f")
            .asOnChip();
    Technology at45 = Technology.chip45nm();
    assertThat(at28.overheads().pjPerCycle(100))
        .isCloseTo(0.5 * at45.overheads().pjPerCycle(100), within(1e-9));
    assertThat(at28.overheads().operationPj())
        .isCloseTo(0.5 * at45.overheads().operationPj(), within(1e-12));
    assertThat(at28.overheads().areaUm2(100))
        .isCloseTo(0.4 * at45.overheads().areaUm2(100), within(1e-6));
    assertThat(at28.mac().areaUm2()).isCloseTo(0.4 * at45.mac().areaUm2(), within(1e-9));
    assertThat(at28.mac().macPj()).isCloseTo(0.5 * at45.mac().macPj(), within(1e-12));
    assertThat(at28.registers("RF", 64, 16).readPj())
        .isCloseTo(0.5 * at45.registers("RF", 64, 16).readPj(), within(1e-12));
    assertThat(CHIP.pjPerCycle(168) / at45.overheads().pjPerCycle(168))
        .isCloseTo(Technology.ENERGY_65_OVER_45, within(1e-9));
    Accelerator chip = Eyeriss.in("28", at28);
    assertThat(chip.areaMm2()).isCloseTo(0.4 * Accelerators.eyeriss45().areaMm2(), within(1e-9));
  }

  @Test
  void asPublishedThereIsNothingBesideTheComponents() {
    Accelerator published = Accelerators.byName("eyeriss:published");
    assertThat(published.overheads()).isEqualTo(Overheads.NONE);
    assertThat(published.mac()).isEqualTo(Technology.eyeriss65nm().mac(16));
    assertThat(12.25 / published.areaMm2()).isBetween(3.5, 4.5);
    assertThat(Technology.chip65nm().asPublished()).isEqualTo(Technology.eyeriss65nm());
    assertThatThrownBy(() -> Technology.chip65nm().asOnChip())
        .hasMessageContaining("calibrated already");
  }

  @Test
  void aSmallerElementHasProportionallySmallerOverheads() {
    Technology technology = Technology.chip45nm();
    double peUm2 = Eyeriss.peUm2(technology);
    assertThat(Eyeriss.overheads(technology, peUm2).operationPj())
        .isEqualTo(technology.overheads().operationPj());
    assertThat(Eyeriss.overheads(technology, peUm2 / 4).peUm2())
        .isEqualTo(technology.overheads().peUm2() / 4);
    assertThat(Eyeriss.overheads(technology, peUm2 / 4).chipUm2())
        .isEqualTo(technology.overheads().chipUm2());
  }

  @Test
  void overheadsWithoutSourceAreAnError() {
    assertThatThrownBy(() -> new Overheads(-1, -2, -3, 0, -5, " "))
        .hasMessageContaining("rest of an element (-1.0")
        .hasMessageContaining("rest of the chip (-2.0")
        .hasMessageContaining("clock and control (-3.0")
        .hasMessageContaining("operation (-5.0")
        .hasMessageContaining("source");
  }
}
