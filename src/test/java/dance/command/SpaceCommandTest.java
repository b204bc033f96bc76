package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.interchange.AcceleratorSpaceFile;
import dance.interchange.NetworkSpaceFile;
import dance.interchange.TimeloopFiles;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spaces and objectives as files on the command line. */
class SpaceCommandTest {
  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void presetsArePrintedAsFiles() throws IOException {
    assertThat(terminal.dance("space", "export", "mini:0.5")).isZero();
    assertThat(NetworkSpaceFile.read(Path.of(file("m.yaml", terminal.out()))).fingerprint())
        .isEqualTo(NetworkSpace.byName("mini:0.5").fingerprint());
    String dance = folder.resolve("dance.yaml").toString();
    assertThat(terminal.dance("space", "export", "dance", "--out=" + dance)).isZero();
    assertThat(Files.readString(Path.of(dance)))
        .isEqualTo(
            """
            space: dance
            axes:
              pe_x: 8..24
              pe_y: 8..24
              rf: [4, 8, 16, 32, 64]
              dataflow: [ws, os, rs]
            """);
    assertThat(terminal.dance("space", "export", dance)).isZero();
    assertThat(terminal.out().strip()).isEqualTo(Files.readString(Path.of(dance)).strip());
    String wide = folder.resolve("wide.yaml").toString();
    assertThat(terminal.dance("space", "export", "wide", "--out=" + wide)).isZero();
    assertThat(AcceleratorSpaceFile.read(Path.of(wide)).fingerprint())
        .isEqualTo(AcceleratorSpace.wide().fingerprint());
    assertThat(terminal.dance("space", "export", "edap")).isZero();
    assertThat(terminal.out()).startsWith("objective: edap");
    assertThat(terminal.dance("space", "export", "cifra")).isEqualTo(2);
    assertThat(terminal.err()).contains("Maybe cifar was meant");
  }

  @Test
  void aTableOfSpacesInFilesIsBuiltAndSearched() throws IOException {
    String networks =
        file(
            "tiny.yaml",
            """
            space: tiny
            image: {channels: 1, size: 8}
            operations: [mb3e3, zero]
            parts:
            - {fixed: stem, outputs: 8, operation: conv3x3}
            - {block: b, count: 2}
            - {fixed: classifier, outputs: 10, operation: classifier}
            """);
    String designs =
        file(
            "chips.yaml",
            "space: chips\naxes: {pe_x: [8, 16], pe_y: [8, 16], dataflow: ws, word_bits: 8}\n"
                + "conditions: [pe_x != pe_y]\n");
    String goal = file("goal.yaml", "objective: {latency: 1}\nlimits: {area: 100}\n");
    String table = folder.resolve("tiny.table").toString();
    List<String> spaces = List.of("--space=" + networks, "--accelerators=" + designs);
    assertThat(terminal.dance("table", "build", spaces.get(0), spaces.get(1), "--out=" + table))
        .isZero();
    assertThat(terminal.out()).contains("cost table of tiny × chips: ").contains(" × 2 designs");
    assertThat(
            terminal.dance(
                "oracle",
                "--network=mb3e3,zero",
                spaces.get(0),
                spaces.get(1),
                "--table=" + table,
                "--objective=" + goal,
                "--json"))
        .isZero();
    Map<?, ?> result = (Map<?, ?>) terminal.json();
    assertThat((List<?>) result.get("designs")).hasSize(2);
    assertThat(result.get("objective").toString()).contains("area");
    assertThat(terminal.out()).contains("template:8x16:rf16:ws:w8");
    assertThat(
            terminal.dance(
                "oracle",
                "--network=mb3e3,zero",
                spaces.get(0),
                spaces.get(1),
                "--table=" + table,
                "--export",
                "timeloop",
                folder.resolve("out").toString()))
        .isZero();
    assertThat(folder.resolve("out/01-stem.conv")).isDirectory();
    assertThat(
            TimeloopFiles.read(List.of(folder.resolve("out/01-stem.conv"))).evaluation().cycles())
        .isPositive();
    assertThat(terminal.err()).contains("only adds: other tools' problems multiply");
    assertThat(
            terminal.dance(
                "oracle", "--network=zero", "--export", "timelop", folder.resolve("x").toString()))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("--export timelop: the format must be one of");
    assertThat(terminal.dance("oracle", "--network=mb3e3,zero", "--table=" + table)).isEqualTo(2);
    assertThat(terminal.err()).contains("tiny");
  }

  @Test
  void problemsOfAllFilesHaveTheirLines() throws IOException {
    String networks = file("n.yaml", "space: n\nimage: {channels: 1, size: 8}\nprats: []\n");
    String designs = file("d.yaml", "space: d\naxes: {pe: [8]}\n");
    assertThat(terminal.dance("table", "build", "--space=" + networks, "--accelerators=" + designs))
        .isEqualTo(2);
    assertThat(terminal.err())
        .contains("n.yaml:3: prats: unknown key. Maybe parts was meant")
        .contains("d.yaml:2: axes.pe: unknown parameter");
    assertThat(terminal.dance("oracle", "--network=zero", "--objective=none.yaml")).isEqualTo(2);
    assertThat(terminal.err()).contains("none.yaml: no such file (--objective)");
    assertThat(terminal.dance("table", "build", "--accelerators=danse")).isEqualTo(2);
    assertThat(terminal.err()).contains("accelerator space danse is not dance");
  }
}
