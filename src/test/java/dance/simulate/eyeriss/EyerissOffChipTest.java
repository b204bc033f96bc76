package dance.simulate.eyeriss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.ZeroSavings;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Chen et al., JSSC 2017, Table V: megabytes between the chip and its memory for AlexNet CONV1–5,
 * batch 4, run-length coded, under the mappings of Table III.
 *
 * <p>The inputs of a layer have the zeros of the table; its outputs have those of the next layer's
 * inputs, although a pooling follows CONV1 and CONV2, and those of CONV5 are not stated (its own
 * fraction is taken, our choice). The first layer's inputs are dense. The table's inputs are padded
 * here with zeros that the chip does not move: 7 % more words in CONV2, 33 % in CONV3–5.
 */
class EyerissOffChipTest {
  private record Row(
      Layer layer, RowStationaryParameters mapping, double zeros, double after, double megabytes) {}

  private static Row row(
      Layer layer, RowStationaryParameters x, double zeros, double after, double megabytes) {
    return new Row(layer.batch(4).zeroInputs(zeros).zeroOutputs(after), x, zeros, after, megabytes);
  }

  private static final List<Row> TABLE =
      List.of(
          row(
              Layer.conv("CONV1", 3, 96).kernel(11).output(55).stride(4),
              new RowStationaryParameters(96, 1, 7, 16, 1, 1, 2),
              0.0001,
              0.387,
              5.0),
          row(
              Layer.conv("CONV2", 96, 256).kernel(5).output(27).groups(2),
              new RowStationaryParameters(64, 1, 27, 16, 2, 1, 1),
              0.387,
              0.725,
              4.0),
          row(
              Layer.conv("CONV3", 256, 384).kernel(3).output(13),
              new RowStationaryParameters(64, 4, 13, 16, 4, 1, 4),
              0.725,
              0.793,
              3.0),
          row(
              Layer.conv("CONV4", 384, 384).kernel(3).output(13).groups(2),
              new RowStationaryParameters(64, 4, 13, 16, 3, 2, 2),
              0.793,
              0.776,
              2.1),
          row(
              Layer.conv("CONV5", 384, 256).kernel(3).output(13).groups(2),
              new RowStationaryParameters(64, 4, 13, 16, 3, 2, 2),
              0.776,
              0.776,
              1.3));

  private static double megabytes(Row row, ZeroSavings savings) {
    EyerissChip chip = EyerissChip.jssc2017();
    Evaluation evaluation =
        Analysis.of(row.layer.einsum(), chip.accelerator().zeros(savings))
            .evaluate(RowStationaryMapping.of(row.layer, row.mapping, chip), Accounting.EXACT);
    return evaluation.offChipBytes() / 1e6;
  }

  @Test
  void codedMegabytesAreThoseOfTheChip() {
    double sum = 0;
    double chip = 0;
    for (Row row : TABLE) {
      double coded = megabytes(row, ZeroSavings.EYERISS);
      double dense = megabytes(row, ZeroSavings.NONE);
      System.out.printf(
          Locale.ROOT,
          "%s  chip %.1f MB, coded %.2f MB (%+.1f %%), without coding %.2f MB%n",
          row.layer.name(),
          row.megabytes,
          coded,
          100 * (coded / row.megabytes - 1),
          dense);
      sum += coded;
      chip += row.megabytes;
      assertThat(coded).as(row.layer.name()).isCloseTo(row.megabytes, within(0.15 * row.megabytes));
    }
    assertThat(sum).isCloseTo(chip, within(0.06 * chip));
  }
}
