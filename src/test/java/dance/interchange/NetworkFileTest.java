package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.workload.Einsums;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks as files: what is written is read, what is left out has its default. */
class NetworkFileTest {
  @TempDir Path folder;

  static Stream<Network> presets() {
    return Networks.names().stream().map(Networks::byName);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void whatIsWrittenIsRead(Network network) {
    assertThat(NetworkFile.parse(network.name(), NetworkFile.format(network))).isEqualTo(network);
  }

  /** As spreadsheets write them: a comma at the end of every line, or of some. */
  @Test
  void emptyColumnsAreSkipped() {
    Network plain = NetworkFile.parse("n", "name,kind,c,k\na,fc,4,8\nb,fc,8,2\n");
    for (String text :
        List.of(
            "name,kind,c,k,\na,fc,4,8,\nb,fc,8,2,\n",
            "name,kind,c,k,,\na,fc,4,8\nb,fc,8,2,,,\n",
            "name,kind,,c,k\na,fc,,4,8\nb,fc,,8,2\n")) {
      assertThat(NetworkFile.parse("n", text)).isEqualTo(plain);
    }
    assertThatThrownBy(() -> NetworkFile.parse("n", "name,kind,c,\na,fc,4,8\n"))
        .hasMessageContaining("line 2: cell \"8\" stands under no column name");
  }

  @Test
  void rectangularLayersAndAwkwardNamesAreReadAsWritten() {
    Network network =
        Network.of(
            "odd",
            Layer.conv("a, b", 4, 6).kernel(1, 7).output(9, 3).stride(2, 1).dilation(1, 5).batch(3),
            Layer.conv("# \"x\"", 4, 8).groups(4).kernel(3),
            Layer.conv(" padded ", 1, 1),
            Layer.matmul("mm", 2, 3, 4, 5).batch(2));
    assertThat(NetworkFile.parse("odd", NetworkFile.format(network))).isEqualTo(network);
  }

  @Test
  void filesAreNamedAfterTheirNetwork() {
    Path file = folder.resolve("tiny.csv");
    Network tiny = Network.of("tiny", Layer.conv("conv", 3, 8).kernel(3).output(5).bias());
    NetworkFile.write(tiny, file);
    assertThat(NetworkFile.read(file)).isEqualTo(tiny);
  }

  @Test
  void missingCellsHaveTheDocumentedDefaults() {
    String text =
        """
        # by hand

        name,  kind,      c,  k,  p, r, stride, groups
        stem,  Conv,      3, 32,  9, 3, 2
        rect,  conv,      4,  8,  9, 3, 2x1, 2
        dw,    depthwise, 8,   ,  9, 3
        pool,  pool,      8,   ,  3, 3, 3
        sum,   add,       8,   ,  3
        fc,    fc,        8, 10,  5
        att,   matmul,   12, 20,  5,  ,  , 2
        """;
    assertThat(NetworkFile.parse("hand", text).entries())
        .extracting(Network.Entry::layer)
        .isEqualTo(
            List.of(
                Layer.conv("stem", 3, 32).kernel(3).output(9).stride(2),
                Layer.conv("rect", 4, 8).kernel(3).output(9).stride(2, 1).groups(2),
                Layer.depthwise("dw", 8).kernel(3).output(9),
                Layer.pool("pool", 8).kernel(3).output(3).stride(3),
                Layer.add("sum", 8).output(3),
                Layer.fullyConnected("fc", 8, 10).output(5, 1),
                Layer.matmul("att", 2, 5, 6, 10)));
  }

  @Test
  void columnsStandInAnyOrderAndLineEndsOrByteOrderMarksDoNotMatter() {
    String text = "\uFEFFK,C,kind,name,repeats\r\n8,3,conv,a,4\r\n";
    assertThat(NetworkFile.parse("n", text))
        .isEqualTo(Network.of("n").then(Layer.conv("a", 3, 8), 4));
  }

  @Test
  void allProblemsOfAFileAreReportedAtOnceWithLineAndColumn() {
    String text =
        """
        name,kind,c,k,p,groups,repeats
        a,conw,3,8
        b,conv,3,,1.5
        c,conv,48,64,1,32
        d,depthwise,8,8,1,4
        ,fc,99999999999,-1
        e,fc,1,1,1,1,0
        f,fc,1,1,1,1,1,1
        "g,fc,1,1
        """;
    assertThatThrownBy(() -> NetworkFile.parse("net.csv", text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasLineCount(10)
        .contains("net.csv, line 2, column kind: \"conw\" is not one of [conv, depthwise, fc,")
        .contains("Maybe conv was meant.")
        .contains("net.csv, line 3, column k: a number is needed")
        .contains("net.csv, line 3, column p: \"1.5\" must be a whole number")
        .contains("net.csv, line 4: groups (32) of layer c must divide its input channels (48).")
        .contains("net.csv, line 5, column groups: a depthwise layer has as many groups as input")
        .contains("net.csv, line 6, column name: a layer needs a name")
        .contains("net.csv, line 6, column c: 99999999999 must be at most 2147483647")
        .contains("net.csv, line 7: repeats of layer e (0) must be at least 1")
        .contains("net.csv, line 8: 8 cells under a header of 7 columns")
        .contains("net.csv, line 9: a quote that is not closed");
  }

  @Test
  void headersSayWhichColumnsAreWrong() {
    assertThatThrownBy(() -> NetworkFile.parse("net.csv", "name,strid,name\na,1,2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("net.csv, line 1: column \"strid\" is not one of name,kind,c,k,")
        .contains("Maybe stride was meant.")
        .contains("net.csv, line 1: column name occurs twice")
        .contains("net.csv, line 1: column kind is missing")
        .contains("net.csv, line 1: column c is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment", "name,kind,c\n"})
  void filesWithoutLayersAreRejected(String text) {
    assertThatThrownBy(() -> NetworkFile.parse("net.csv", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("net.csv ");
  }

  @Test
  void fileOfAnotherKindIsNotReadToItsEnd() {
    String text = "name,kind,c\n" + "x,y,z\n".repeat(100_000);
    assertThatThrownBy(() -> NetworkFile.parse("net.csv", text))
        .message()
        .hasLineCount(51)
        .endsWith("were not read: too many problems");
  }

  @Test
  void unreadableFilesAreNamed() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> NetworkFile.read(missing)).hasMessageContaining("does not exist");
    assertThatThrownBy(() -> NetworkFile.read(folder)).hasMessageContaining("is a directory");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(() -> NetworkFile.read(binary)).hasMessageContaining("is not UTF-8 text");
    Path large = Files.write(folder.resolve("large.csv"), new byte[(4 << 20) + 1]);
    assertThatThrownBy(() -> NetworkFile.read(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("large.csv is larger than 4 MB");
  }

  @Test
  void layersThatAFileCannotHoldAreNamed() {
    Network einsums = Network.of("e", Layer.of(Einsums.gemm(2, 3, 4)));
    assertThatThrownBy(() -> NetworkFile.format(einsums))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer gemm is given by its einsum");
    assertThatThrownBy(() -> NetworkFile.format(Network.of("n", Layer.conv("a\nb", 1, 1))))
        .hasMessageContaining("must not have a line break");
  }
}
