package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Repeats the calibration of the overheads against the Eyeriss chip. */
class OverheadsTest {

  /** JSSC'17, Table V, AlexNet, batch 4: power, processing latency, MACs, zeros, buffer traffic. */
  private record Measured(
      String layer, double mw, double ms, double gigaMacs, double zeros, double bufferMb) {

    double chipPj() {
      return mw * ms * 1e6;
    }

    double peCycles() {
      return ms * 200e3 * 168;
    }

    /** MACs, register files, buffer and leakage by the 65 nm table. */
    double tablePj() {
      Technology technology = Technology.eyeriss65nm();
      double ifmap = technology.registers().accessPj().at(12);
      double filter = technology.registers().accessPj().at(224);
      double psum = technology.registers().accessPj().at(24);
      double busy = technology.mac().macPj() + filter + ifmap + 2 * psum;
      // mac, "gated", of the 45 nm table
      double gated = 0.10285 * Technology.ENERGY_65_OVER_45 + ifmap;
      MemoryLevel buffer = technology.sram("GLB", 108 * 1024, 16, 4);
      double buffered = bufferMb * 1e6 / 8 * (buffer.readPj() + buffer.fillPj()) / 2;
      double leak =
          Eyeriss.registers(technology).leakPjPerCycle() + technology.mac().leakPjPerCycle();
      return gigaMacs * 1e9 * ((1 - zeros) * busy + zeros * gated) + buffered + leak * peCycles();
    }
  }

  private static final List<Measured> TABLE_V =
      List.of(
          new Measured("CONV1", 332, 16.5, 0.42, 0.0001, 18.5),
          new Measured("CONV2", 288, 39.2, 0.90, 0.387, 77.6),
          new Measured("CONV3", 266, 21.8, 0.60, 0.725, 50.2),
          new Measured("CONV4", 235, 16.0, 0.45, 0.793, 37.4),
          new Measured("CONV5", 236, 10.0, 0.30, 0.776, 24.9));

  @Test
  void theFloorIsWhatTheChipTookBeyondTheTable() {
    double beyond = TABLE_V.stream().mapToDouble(m -> m.chipPj() - m.tablePj()).sum();
    double peCycles = TABLE_V.stream().mapToDouble(Measured::peCycles).sum();
    assertThat(Overheads.FLOOR_PJ_65NM)
        .isCloseTo(beyond / peCycles, Percentage.withPercentage(0.1));
  }

  @Test
  void oneFloorExplainsThePowerOfEveryLayerWithin10Percent() {
    for (Measured m : TABLE_V) {
      double modelMw = (m.tablePj() + Overheads.FLOOR_PJ_65NM * m.peCycles()) / (m.ms() * 1e6);
      assertThat(modelMw).as(m.layer()).isCloseTo(m.mw(), Percentage.withPercentage(10));
      assertThat(m.tablePj() / m.chipPj()).as("%s, table alone", m.layer()).isLessThan(0.5);
    }
  }

  @Test
  void at45NmTheFloorIsScaledLikeTheTable() {
    assertThat(Overheads.EYERISS_45NM.areaFactor()).isEqualTo(Overheads.AREA_FACTOR);
    assertThat(Overheads.EYERISS_65NM.floorPjPerCyclePerPe()).isEqualTo(Overheads.FLOOR_PJ_65NM);
    assertThat(Overheads.EYERISS_45NM.floorPjPerCyclePerPe())
        .isCloseTo(Overheads.FLOOR_PJ_65NM / 1.3088, within(1e-3));
  }

  /** Core of the chip: 12.25 mm² (JSSC'17). */
  @Test
  void eyerissHasThePublishedCoreAreaAndAQuarterOfItWithoutOverheads() {
    Accelerator eyeriss = Accelerators.eyeriss();
    assertThat(eyeriss.areaMm2()).isCloseTo(12.25, within(0.005));
    double components = eyeriss.overheads(Overheads.NONE).areaMm2();
    assertThat(12.25 / components).isBetween(3.5, 4.5);
    assertThat(Overheads.AREA_FACTOR).isCloseTo(12.25 / components, within(5e-4));
  }

  @Test
  void aSmallerElementHasAProportionallySmallerFloor() {
    Technology technology = Technology.eyeriss45nm();
    double peUm2 = Eyeriss.peUm2(technology);
    assertThat(Overheads.eyeriss(technology, peUm2).floorPjPerCyclePerPe())
        .isEqualTo(Overheads.EYERISS_45NM.floorPjPerCyclePerPe());
    assertThat(Overheads.eyeriss(technology, peUm2 / 4).floorPjPerCyclePerPe())
        .isEqualTo(Overheads.EYERISS_45NM.floorPjPerCyclePerPe() / 4);
  }

  @Test
  void overheadsWithoutSourceAreAnError() {
    assertThatThrownBy(() -> new Overheads(0.5, -1, " "))
        .hasMessageContaining("area overhead factor (0.5)")
        .hasMessageContaining("energy floor (-1.0")
        .hasMessageContaining("source");
  }
}
