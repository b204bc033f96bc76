package dance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import org.junit.jupiter.api.Test;

/** What is measured of a table stands for all of it. */
class TableSpeedTest {
  @Test
  void theWholeTakesInProportionToItsCells() {
    AcceleratorSpace all = AcceleratorSpace.dance().pes(8, 9).rf(8, 16);
    AcceleratorSpace part = all.rf(16);
    TableSpeed speed = TableSpeed.measure(NetworkSpace.mini(), all, part, 2);
    assertThat(speed.table()).isEqualTo("mini × dance");
    assertThat(speed.cells()).isEqualTo(24L * part.size() * 2);
    assertThat(speed.measuredCells()).isEqualTo(2L * 4 * 3);
    assertThat(speed.cpuSeconds()).isPositive();
    assertThat(speed.wholeCpuSeconds()).isCloseTo(24 * speed.cpuSeconds(), withinPercentage(1e-6));
    assertThat(speed.calibrationPerSecond()).isGreaterThan(1e6);
  }
}
