package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import dance.space.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Network spaces, accelerator spaces and objectives as YAML. */
class SpaceFilesTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("s.yaml"), text);
  }

  static List<String> presets() {
    return NetworkSpace.names();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void aPresetIsReadAsItIsWritten(String name) throws IOException {
    NetworkSpace preset = NetworkSpace.byName(name);
    NetworkSpace read = NetworkSpaceFile.read(file(NetworkSpaceFile.write(preset)));
    assertThat(read.fingerprint()).isEqualTo(preset.fingerprint());
    assertThat(read.parts().toString()).isEqualTo(preset.parts().toString());
    assertThat(read.operations()).isEqualTo(preset.operations());
    assertThat(read.width(0.5).fingerprint()).isEqualTo(preset.width(0.5).fingerprint());
    NetworkSpace wide = preset.width(1.35);
    assertThat(NetworkSpaceFile.read(file(NetworkSpaceFile.write(wide))).fingerprint())
        .isEqualTo(wide.fingerprint());
  }

  @Test
  void aSpaceOfOnesOwnIsShort() throws IOException {
    NetworkSpace read =
        NetworkSpaceFile.read(
            file(
                """
                space: tiny
                image: {channels: 3, size: [32, 16]}
                operations: [mb3e3, zero]
                parts:
                - {fixed: stem, outputs: 16, operation: conv3x3}
                - {block: a, outputs: 24, stride: 2, count: 3}
                - {block: b, operations: [conv3x3, conv5x5], repeats: 2}
                - {fixed: classifier, outputs: 10, operation: classifier}
                """));
    assertThat(read.blockNames()).containsExactly("a1", "a2", "a3", "b");
    assertThat(read.count()).isEqualTo(1 * 2 * 2 * 2);
    assertThat(read.parts().get(3).shape().toString()).isEqualTo("24×16×8 → 24×16×8");
    assertThat(read.parts().get(4).repeats()).isEqualTo(2);
  }

  @Test
  void allProblemsOfANetworkSpaceAreSaidAtOnce() throws IOException {
    String text =
        """
        space: tiny
        image: {channels: 3, size: 32}
        parts:
        - {fixed: stem, outputs: 16, operation: conf3x3}
        - {block: a, outputs: 24, operations: [zero], strid: 2}
        - {outputs: 24}
        - {again: b}
        - {fixed: end, outputs: -1, operation: classifier}
        """;
    assertThatThrownBy(() -> NetworkSpaceFile.read(file(text)))
        .hasMessageContaining("s.yaml:4: parts[0].operation: operation conf3x3 is none like")
        .hasMessageContaining("Maybe conv3x3 was meant")
        .hasMessageContaining("s.yaml:5: parts[1]: block a has no operation that fits")
        .hasMessageContaining("s.yaml:5: parts[1].strid: unknown key. Maybe stride was meant")
        .hasMessageContaining("s.yaml:6: parts[2]: a part is one of fixed, block or again")
        .hasMessageContaining("s.yaml:7: parts[3]: space tiny has no block b")
        .hasMessageContaining("s.yaml:8: parts[4].outputs: a whole number of 1 to");
    NetworkSpace java =
        NetworkSpace.of("own")
            .block("a", dance.space.BlockShape.of(8, 8, 4), Operation.of("x", x -> List.of()));
    assertThatThrownBy(() -> NetworkSpaceFile.write(java))
        .hasMessageContaining("operation x is written in Java");
  }

  @Test
  void theAcceleratorSpaceOfDanceIsReadAsItIsWritten() throws IOException {
    AcceleratorSpace preset = AcceleratorSpace.dance();
    AcceleratorSpace read = AcceleratorSpaceFile.read(file(AcceleratorSpaceFile.write(preset)));
    assertThat(read.fingerprint()).isEqualTo(preset.fingerprint());
    for (int design = 0; design < preset.size(); design += 97) {
      assertThat(read.label(design)).isEqualTo(preset.label(design));
      assertThat(read.accelerator(design)).isEqualTo(preset.accelerator(design));
    }
  }

  private static final String SMALL =
      """
      space: small
      axes:
        pe_x: 8..24 step 4
        pe_y: [8, 16]
        rf: 16
        dataflow: [ws, rs]
        dram: [lpddr4, ddr3]
        word_bits: [8, 16]
        buffer_kb: [54, 108.5]
      conditions:
      - pe_x * pe_y <= 256
      - dram == 'ddr3' or word_bits == 8
      """;

  @Test
  void conditionsLeaveTheDesignsThatKeepThem() throws IOException {
    AcceleratorSpace space = AcceleratorSpaceFile.read(file(SMALL));
    long expected = 0;
    for (int x = 8; x <= 24; x += 4) {
      for (int y : new int[] {8, 16}) {
        expected += x * y <= 256 ? 2 * 3 * 2 : 0; // dataflows, (dram, bits), buffers
      }
    }
    assertThat(space.size()).isEqualTo((int) expected);
    for (int design = 0; design < space.size(); design++) {
      assertThat(space.values(design).number("pe_x") * space.values(design).number("pe_y"))
          .isLessThanOrEqualTo(256);
      assertThat(space.index(space.positions(design))).isEqualTo(design);
      assertThat(space.decode(space.encode(design))).isEqualTo(design);
      assertThat(space.indexOf(space.accelerator(design).name())).isEqualTo(design);
    }
    // every position on the axes is repaired to a design of the space
    assertThat(space.index(4, 1, 0, 1, 1, 1, 1)).isBetween(0, space.size() - 1);
    AcceleratorSpace again = AcceleratorSpaceFile.read(file(AcceleratorSpaceFile.write(space)));
    assertThat(again.fingerprint()).isEqualTo(space.fingerprint()).contains("where pe_x * pe_y");
    assertThat(space.keep("pe_y", 16).size()).isLessThan(space.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pe_y: [8, 16]        | pe_z: [8, 16]      | s.yaml:4: axes.pe_z: unknown parameter, only pe_x
          pe_y: [8, 16]        | pe_y: [8, 8]       | s.yaml:4: axes.pe_y: values [8, 8] of axis pe_y must differ
          pe_y: [8, 16]        | pe_y: [8.5]        | value 8.5 must be a whole number
          word_bits: [8, 16]   | word_bits: [7]     | words of 7 bits
          [ws, rs]             | [ws, xs]           | axes.dataflow[1]: xs is not one of ws, os, rs
          pe_x * pe_y <= 256   | pe_x * pe_w < 2    | s.yaml:11: conditions[0]: pe_w is not known. Maybe pe_x
          pe_x * pe_y <= 256   | pe_x > 100         | no design of accelerator space small keeps
          8..24 step 4         | 8..                | not '8..'
          """)
  void problemsOfAcceleratorSpacesNameTheirPlace(String old, String now, String message)
      throws IOException {
    Path file = file(SMALL.replace(old, now));
    assertThatThrownBy(() -> AcceleratorSpaceFile.read(file)).hasMessageContaining(message);
  }

  @Test
  void spacesOfOtherAxesHaveNoFile() {
    AcceleratorSpace own = AcceleratorSpace.of("own", x -> null, DesignAxis.of("buffers", 1, 2));
    assertThatThrownBy(() -> AcceleratorSpaceFile.write(own))
        .hasMessageContaining("axis buffers of accelerator space own is no parameter");
  }

  @Test
  void objectivesHaveNamesOrWeightsAndLimits() throws IOException {
    Objective read =
        ObjectiveFile.read(
            file("objective: {latency: 1, area: 0.5}\nlimits: {latency: 1.5, Area: 10}\n"));
    Objective expected =
        Objective.linear(1, 0, 0.5).atMost(Metric.LATENCY, 1.5).atMost(Metric.AREA, 10);
    assertThat(read.toString()).isEqualTo(expected.toString());
    assertThat(read.cost(2, 3, 4)).isEqualTo(4);
    for (String name : Objective.names()) {
      Objective preset = Objective.byName(name).atMost(Metric.ENERGY, 2);
      Objective again = ObjectiveFile.read(file(ObjectiveFile.write(preset)));
      assertThat(again).isEqualTo(preset);
    }
    assertThat(ObjectiveFile.read(file(ObjectiveFile.write(expected))).toString())
        .isEqualTo(expected.toString());
    assertThatThrownBy(
            () -> ObjectiveFile.read(file("objective: edpa\nlimits: {speed: 1, latency: -1}\n")))
        .hasMessageContaining("s.yaml:1: objective: objective edpa is not one of")
        .hasMessageContaining("s.yaml:2: limits.speed: ")
        .hasMessageContaining("s.yaml:2: limits.latency: a number above zero");
  }
}
