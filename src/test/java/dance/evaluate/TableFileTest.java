package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Template;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables come back as they were, and files that are not tables, or not the requested one, are
 * reported.
 */
class TableFileTest {
  private static final NetworkSpace NETWORKS = SyntheticModel.tiny();
  private static final AcceleratorSpace DESIGNS = SyntheticModel.few();
  private static final CostTable TABLE = SyntheticModel.table(NETWORKS, DESIGNS);

  @TempDir private Path folder;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("t.table");
    TABLE.write(file);
    bytes = Files.readAllBytes(file);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    CostTable read = CostTable.read(file, NETWORKS, DESIGNS);
    for (int r = 0; r < TABLE.layers().size(); r++) {
      for (int d = 0; d < TABLE.designs(); d++) {
        assertThat(read.layerLatencyMs(r, d)).isEqualTo(TABLE.layerLatencyMs(r, d));
        assertThat(read.layerEnergyMj(r, d)).isEqualTo(TABLE.layerEnergyMj(r, d));
      }
    }
    assertThat(read.fingerprint()).isEqualTo(TABLE.fingerprint());
    Path again = folder.resolve("again.table");
    read.write(again);
    assertThat(again).hasBinaryContent(bytes);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("t.table", "again.table");
  }

  @Test
  void theHeaderCanBeReadAsText() {
    String text = new String(bytes, StandardCharsets.UTF_8);
    text = text.substring(0, text.indexOf("\n\n"));
    assertThat(text)
        .startsWith("dance cost table, version 1\nnetwork space: tiny: 3 blocks × 4 operations,")
        .contains(
            "\naccelerator space: dance: pe_x=8,15;pe_y=8,15;rf=4,8,16,32,64;dataflow=ws,os,rs\n",
            "\ntechnology: ",
            "\ncost model: synthetic roofline × 1.0\n",
            "\nlayers: " + TABLE.layers().size() + "\ndesigns: 60\n");
    assertThat(CostTable.header(file)).containsEntry("designs", "60").containsKey("header");
  }

  @Test
  void everyDamagedByteAndEveryTruncationIsNoticed() throws IOException {
    Random random = new Random(23);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = bytes.clone();
      int at = i < 60 ? i : random.nextInt(bytes.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      refused(damaged, "t.table");
      refused(Arrays.copyOf(bytes, random.nextInt(bytes.length)), "t.table");
    }
    refused(Arrays.copyOf(bytes, bytes.length - 1), "t.table is truncated: it has ");
    refused(Arrays.copyOf(bytes, 100), "t.table is truncated: it ends within the header");
    refused(Arrays.copyOf(bytes, bytes.length + 3), "t.table is damaged: 3 bytes follow its end");
    refused(new byte[0], "t.table is not a cost table");
    refused("{\"a\": 1}\n\n".getBytes(StandardCharsets.UTF_8), "it begins with \"{\"a\": 1}");
    byte[] later = bytes.clone();
    later["dance cost table, version ".length()] = '2';
    refused(later, "t.table is a dance cost table, version 2, but only version 1 can be read");
  }

  private void refused(byte[] content, String message) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> CostTable.read(file, NETWORKS, DESIGNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusedTablesAreNamedByWhatDiffers() {
    assertThatThrownBy(() -> CostTable.read(file, NetworkSpace.mini(), DESIGNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t.table is the table of something else:")
        .hasMessageContaining("network space is tiny: 3 blocks")
        .hasMessageContaining("not mini: 4 blocks");
    assertThatThrownBy(() -> CostTable.read(file, NETWORKS, DESIGNS.rf(4, 8)))
        .hasMessageContaining("rf=4,8,16,32,64")
        .hasMessageContaining("designs is 60, not 24");
    AcceleratorSpace faster =
        AcceleratorSpace.of(
            "dance",
            x -> DESIGNS.accelerator(0).level(DESIGNS.accelerator(0).levels().get(0).leak(2)),
            DESIGNS.axes().toArray(DesignAxis[]::new));
    assertThat(faster.fingerprint()).isEqualTo(DESIGNS.fingerprint());
    assertThatThrownBy(() -> CostTable.read(file, NETWORKS, faster))
        .as("axes alike, accelerators not")
        .hasMessageContaining("accelerators is sha256 ");
  }

  @Test
  void anyParameterOfAnAcceleratorIsPartOfTheIdentity() {
    AcceleratorSpace one = space(Template.of(8, 8, 16, dance.accelerator.Dataflow.ROW_STATIONARY));
    AcceleratorSpace other =
        space(
            Template.of(8, 8, 16, dance.accelerator.Dataflow.ROW_STATIONARY)
                .bufferBandwidth(17, 17));
    assertThat(
            TableIdentity.of(NETWORKS, one, one.list(), "m")
                .differences(TableIdentity.of(NETWORKS, other, other.list(), "m")))
        .singleElement()
        .asString()
        .startsWith("accelerators is sha256");
  }

  private static AcceleratorSpace space(Template template) {
    return AcceleratorSpace.of("one", x -> template.accelerator(), DesignAxis.of("a", 1));
  }
}
