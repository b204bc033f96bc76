package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.Dance;
import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.MemoryLevel;
import dance.interchange.onnx.OnnxOptions;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Operand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accelerators of Timeloop, AccelForge and ZigZag, found by their content. */
class AcceleratorReaderTest {
  private static final String ZIG_ZAG =
      """
      name: small
      memories:
        pad_W:
          size: 128
          r_cost: 2.0
          w_cost: 3.0
          area: 0
          latency: 1
          operands: [I2]
          ports:
          - {name: r_port_1, type: read, bandwidth_min: 8, bandwidth_max: 16, allocation: ["I2, tl"]}
          - {name: w_port_1, type: write, bandwidth_min: 8, bandwidth_max: 8, allocation: ["I2, fh"]}
          served_dimensions: [D3]
        sums:
          size: 160
          r_cost: 1.0
          w_cost: 1.5
          latency: 1
          operands: [O]
          ports:
          - {name: rw_port_1, type: read_write, bandwidth_min: 16, bandwidth_max: 16, allocation: ["O, fh", "O, tl"]}
          served_dimensions: []
        buffer:
          size: 65536
          latency: 1
          operands: [I1, O]
          auto_cost_extraction: True
          force_double_buffering: True
          ports:
          - {name: rw_port_1, type: read_write, bandwidth_min: 64, bandwidth_max: 64, allocation: ["I1, fh"]}
          served_dimensions: [D1, D2, D3]
        dram:
          size: 10000000000
          r_cost: 640
          w_cost: 704
          latency: 1
          operands: [I1, I2, O]
          ports:
          - {name: rw_port_1, type: read_write, bandwidth_min: 64, bandwidth_max: 64, allocation: ["I1, fh"]}
          served_dimensions: [D1, D2, D3]
      operational_array:
        input_precision: [8, 8]
        unit_energy: 0.5
        unit_area: 1
        dimensions: [D1, D2, D3]
        sizes: [4, 3, 2]
      """;

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void memoriesOfZigZagAreAChainWithFanOutsByWhatTheyServe() throws IOException {
    Parsed<Accelerator> read = AcceleratorReader.read(file("chip.txt", ZIG_ZAG));
    Accelerator chip = read.value();
    assertThat(chip.levels())
        .extracting(l -> "%s %dx%d".formatted(l.name(), l.fanoutX(), l.fanoutY()))
        .containsExactly("dram 1x1", "buffer 4x3", "pad_W 2x1", "sums 1x1");
    assertThat(chip.macUnits()).isEqualTo(24);
    MemoryLevel pad = chip.level("pad_W");
    assertThat(pad.keeps()).isEqualTo(Set.of(Operand.WEIGHT));
    assertThat(pad.capacityWords()).isEqualTo(16);
    assertThat(pad.readWordsPerCycle()).isEqualTo(2);
    // 2 pJ are of the 16 bits of the widest access; a line has the 8 of the smallest
    assertThat(pad.readPj()).isEqualTo(1);
    assertThat(pad.fillPj()).isEqualTo(3);
    MemoryLevel sums = chip.level("sums");
    assertThat(sums.wordBits()).isEqualTo(16);
    assertThat(sums.capacityWords()).isEqualTo(10);
    assertThat(sums.sharedWordsPerCycle()).isEqualTo(1);
    MemoryLevel buffer = chip.level("buffer");
    assertThat(buffer.usableWords()).isEqualTo(4096);
    assertThat(buffer.isPriced()).isTrue();
    assertThat(chip.level("dram").lineWords()).isEqualTo(8);
    assertThat(chip.level("dram").readPj()).isEqualTo(640);
    assertThat(chip.mac().macPj()).isEqualTo(0.5);
    assertThat(chip.areaMm2()).isNaN();
    assertThat(read.warnings())
        .anySatisfy(w -> assertThat(w).contains("words have 8 bits, those of outputs alone 16"))
        .anySatisfy(w -> assertThat(w).contains("memories.buffer: costs are those of its class"));
    Layer layer = Layer.conv("conv", 8, 12).kernel(3).output(6);
    Evaluation best = ExportTest.best(layer, chip);
    assertThat(best.ledger().totalPj()).isPositive();
    assertThat(Dance.accelerator(file("chip.yaml", ZIG_ZAG).toString()).levels())
        .isEqualTo(chip.levels());
  }

  @Test
  void threeDimensionsBelowOneMemoryAreTwoFanOuts() throws IOException {
    String one = ZIG_ZAG.replace("served_dimensions: [D3]", "served_dimensions: []");
    assertThat(AcceleratorReader.read(file("chip.yaml", one)).value().levels())
        .extracting(l -> "%s %dx%d".formatted(l.name(), l.fanoutX(), l.fanoutY()))
        .containsExactly(
            "dram 1x1", "buffer 4x3", "inter_buffer_2_spatial 2x1", "sums 1x1", "pad_W 1x1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          served_dimensions: []          | served_dimensions: [D2]   | memories.pad_W: serves [D3] and sums serves [D2]: neither is inside
          served_dimensions: [D3]        | served_dimensions: [D4]   | the array has no dimension D4, only [D1, D2, D3]. Maybe D1 was meant
          operands: [I2]                 | operands: [W]             | operands are I1 (inputs), I2 (weights) and O, not W
          r_cost: 1.0                    | cost: 1.0                 | memories.sums: key r_cost is missing
          sizes: [4, 3, 2]               | sizes: [4, 3]             | 3 dimensions have 2 sizes
          input_precision: [8, 8]        | is_imc: True              | compute in memory has no counterpart here
          bandwidth_min: 8, bandwidth_max: 16 | bandwidth_min: 32, bandwidth_max: 16 | bandwidth_min (32) is above bandwidth_max (16)
          type: write                    | type: writes              | type must be one of read, write, read_write
          operational_array              | array                     | ZigZag: it has no keys memories and operational_array
          """)
  void whatZigZagHasBeyondOurModelIsNamed(String old, String now, String message)
      throws IOException {
    Path wrong = file("chip.yaml", ZIG_ZAG.replace(old, now));
    assertThatThrownBy(() -> AcceleratorReader.read(wrong)).hasMessageContaining(message);
  }

  @Test
  void anAcceleratorOfAccelForgeIsReadAsItsFilesAre() throws IOException {
    Accelerator template = Accelerators.byName("template:8x6:rf16:ws:w16");
    Evaluation written = ExportTest.best(Layer.conv("c", 16, 24).kernel(3).output(7), template);
    Map<String, String> files = AccelForgeExport.files(written);
    Path arch = file("arch.yaml", files.get("arch.yaml"));
    Path workload = file("workload.yaml", files.get("workload.yaml"));
    Path mapping = file("mapping.yaml", files.get("mapping.yaml"));
    Accelerator chip = AcceleratorReader.read(arch, workload).value();
    assertThat(chip.levels().get(0).wordBits()).isEqualTo(16);
    // alone, words are of 8 bits
    assertThat(Dance.accelerator(arch.toString()).levels().get(0).wordBits()).isEqualTo(8);
    Evaluation read =
        dance.simulate.count.Analysis.of(ProblemReader.read(workload).value(), chip)
            .evaluate(
                ProblemReader.mapping(mapping, ProblemReader.read(workload).value(), chip).value(),
                dance.simulate.mapping.Accounting.EXACT);
    assertThat(read.cycles()).isEqualTo(written.cycles());
  }

  @Test
  void einsumsOfAccelForgeAreLayers() throws IOException {
    Path file =
        file(
            "net.yaml",
            """
            {% set M = M | default(10) %}
            workload:
              rank_sizes: {N: 2}
              einsums:
              - einsum: "T0[n, p, m] = I0[n, c, H: p * 4 + r] * W0[r, c, m]"
                iteration_space_shape: [0 <= p < 5, 0 <= m < {{M}}, 0 <= c < 3, 0 <= r < 11]
              - name: fc
                iteration_space_shape: [0 <= m < {{M}}, 0 <= k < 7]
                tensor_accesses:
                - {name: T0, projection: [n, m]}
                - {name: F, projection: [m, k]}
                - {name: T1, projection: [n, k], output: True}
                renames: {weight: F}
              - einsum: "T2[n, k] = T1[n, k]"
                iteration_space_shape: [0 <= k < 7]
            """);
    Parsed<Network> read = NetworkReader.read(file, OnnxOptions.defaults());
    assertThat(read.value().layers()).extracting(Layer::name).containsExactly("T0", "fc");
    assertThat(read.value().layers()).extracting(Layer::macs).containsExactly(3300L, 140L);
    assertThat(read.value().layers().get(0).einsum().tensors())
        .extracting(t -> t.name() + " " + t.role() + " " + t.axes())
        .containsExactly("T0 OUTPUT [N, P, M]", "I0 INPUT [N, C, 4·P+R]", "W0 WEIGHT [R, C, M]");
    assertThat(read.warnings()).anySatisfy(w -> assertThat(w).contains("are not costed: T2"));
    Path both = folder.resolve("net.yaml");
    assertThatThrownBy(() -> ProblemReader.read(both))
        .hasMessageContaining("one einsum was expected, not 3");
  }
}
