package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TechnologyTest {

  static java.util.List<Technology> technologies() {
    return Technology.all();
  }

  @ParameterizedTest
  @MethodSource("technologies")
  void everyTechnologyNamesItsSourceAndNode(Technology technology) {
    assertThat(technology.source()).isNotBlank();
    assertThat(technology.label()).contains(technology.name(), technology.source());
    assertThat(technology.name()).contains(technology.nodeNm() + " nm");
  }

  /** ERT and ART summaries of 04_eyeriss_like, ISPASS 2020 tutorial. */
  @ParameterizedTest
  @CsvSource({"12, 0.14561, 379.68", "16, 0.1529, 414.68", "192, 0.82303, 3634.68"})
  void scratchPadsOfThe45NmTableAreRepeated(long words, double pj, double um2) {
    MemoryLevel registers = Technology.eyeriss45nm().registers("RF", words, 16);
    assertThat(registers.readPj()).isEqualTo(pj);
    assertThat(registers.fillPj()).isEqualTo(pj);
    assertThat(registers.updatePj()).isEqualTo(pj);
    assertThat(registers.areaUm2()).isEqualTo(um2);
  }

  @ParameterizedTest
  @CsvSource({"8, 5.15898, 5.69428, 77093.2", "100, 33.99577, 34.40252, 979377.0"})
  void buffersOfThe45NmTableAreRepeated(long kb, double read, double write, double um2) {
    MemoryLevel buffer = Technology.eyeriss45nm().sram("GLB", kb * 1024, 16, 4);
    assertThat(buffer.readPj()).isEqualTo(read);
    assertThat(buffer.fillPj()).isEqualTo(write);
    assertThat(buffer.areaUm2()).isEqualTo(um2);
    assertThat(buffer.capacityWords()).isEqualTo(kb * 512);
  }

  @Test
  void at65NmEverythingIsScaledByThePublishedFactors() {
    Technology at45 = Technology.eyeriss45nm();
    Technology at65 = Technology.eyeriss65nm();
    // Stillmaker and Baas at 1.0 V: 1.332 / 1.0177.
    assertThat(Technology.ENERGY_65_OVER_45).isCloseTo(1.3088, within(1e-4));
    assertThat(at65.mac().macPj() / at45.mac().macPj()).isCloseTo(1.3088, within(1e-4));
    assertThat(at65.sram().readPj().at(5e4) / at45.sram().readPj().at(5e4))
        .isCloseTo(1.3088, within(1e-4));
    assertThat(at65.registers().areaUm2().at(40) / at45.registers().areaUm2().at(40))
        .isCloseTo(1.5, within(1e-9));
    double peUm2 = 5668.5;
    assertThat(at45.network(16, peUm2).hopPj()).isCloseTo(0.2006, within(1e-9));
    assertThat(at65.network(16, 1.5 * peUm2).hopPj()).isCloseTo(0.2006 * 1.3088, within(1e-4));
  }

  /** Interstellar (CNN-blocking, asic tables): register files linear, SRAM × 1.5 a doubling. */
  @Test
  void slopesLieBetweenASquareRootAndInterstellar() {
    Technology technology = Technology.eyeriss45nm();
    double registers =
        technology.registers().accessPj().at(256) / technology.registers().accessPj().at(32);
    assertThat(registers).isBetween(Math.sqrt(8), 8.0);
    double doubling = technology.sram().readPj().at(256e3) / technology.sram().readPj().at(128e3);
    assertThat(doubling).isBetween(Math.sqrt(2) - 1e-9, 1.5);
  }

  @Test
  void narrowWordsCostLess() {
    Technology technology = Technology.eyeriss45nm();
    assertThat(technology.mac(8).macPj()).isEqualTo(technology.mac().macPj() / 4);
    assertThat(technology.mac(8).addPj()).isEqualTo(technology.mac().addPj() / 2);
    assertThat(technology.registers("RF", 16, 8).readPj()).isEqualTo(0.1529 / 2);
  }

  @Test
  void banksAccessedTogetherCostTheirSum() {
    Technology technology = Technology.eyeriss45nm();
    MemoryLevel one = technology.sram("one", 16384, 32, 1);
    MemoryLevel many = technology.banks("many", 256, 16384, 32);
    assertThat(many.capacityWords()).isEqualTo(256 * one.capacityWords()).isEqualTo(1 << 20);
    assertThat(many.lineWords()).isEqualTo(256);
    assertThat(many.readPj()).isCloseTo(256 * one.readPj(), within(1e-9));
    assertThat(many.areaUm2()).isCloseTo(256 * one.areaUm2(), within(1e-3));
  }
}
