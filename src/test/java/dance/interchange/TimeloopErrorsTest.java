package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the file readers, violated once, in a copy of a valid file. */
class TimeloopErrorsTest {
  private static final ReferenceCases.Case VALID = ReferenceCases.named("s01-MX-CY");

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void read(String kind, Path file) {
    switch (kind) {
      case "arch" -> TimeloopArchitecture.read(file);
      case "problem" -> TimeloopProblem.read(file);
      case "mapping" -> TimeloopMapping.read(file, VALID.einsum(), VALID.accelerator());
      case "constraints" -> TimeloopConstraints.read(file, VALID.einsum(), VALID.accelerator());
      default -> throw new IllegalArgumentException(kind);
    }
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        // The file, what is replaced, by what, and a part of the message.
        arguments(
            "arch",
            "depth: 4096",
            "depht: 4096",
            ":11: architecture.subtree[0].local[1]"
                + ".attributes.depht: unknown key. Maybe depth was meant"),
        arguments("arch", "depth: 4096", "depth: -4", "a whole number of 0 to"),
        arguments("arch", "depth: 4096", "depth: 1.5", "was expected, not 1.5"),
        arguments("arch", "depth: 4096", "depth: many", "not 'many'"),
        arguments("arch", "depth: 4096", "depth: 1e999999999", "not '1e999999999'"),
        arguments("arch", "depth: 4096", "depth: [1]", "not a list"),
        arguments("arch", "depth: 4096", "depth: 4096, sizeKB: 3", "one is enough"),
        arguments("arch", "depth: 4096, width: 8", "depth: 4096, width: 12", "a multiple of"),
        arguments("arch", "depth: 4096", "depth: 4096, read_bandwidth: 0", "above zero"),
        arguments("arch", "depth: 4096", "depth: 4096, depth: 2", "duplicate key"),
        arguments("arch", "depth: 4096", "depth: 4096, word_bits: 16", "a multiple of"),
        arguments("arch", "depth: 4096", "depth: 4096, wire-energy: -1", "not below zero"),
        arguments("arch", "GLB[1..1]\n", "GLB[2..1]\n", "has 0 instances"),
        arguments("arch", "GLB[1..1]\n", "GLB[many]\n", "name[first..last]"),
        arguments("arch", "name: GLB[1..1]\n", "name: RF[1..1]\n", "a second component"),
        arguments("arch", "class: regfile", "class: cache", "unknown class cache"),
        arguments("arch", "class: intmac", "class: regfile", "one arithmetic component"),
        arguments("arch", "RF[1..16]\n      class", "RF[1..8]\n      class", "number of instances"),
        arguments(
            "arch",
            "datawidth: 8, meshX: 1, meshY: 1}\n    - name: RF",
            "datawidth: 8, meshX: 3, meshY: 1, instances: 3}\n    - name: RF",
            "multiple of that"),
        arguments("arch", "local:", "locals:", "Maybe local was meant"),
        arguments("arch", "ERT:", "ETR:", "Maybe ERT was meant"),
        arguments("arch", "architecture:", "architectures:", "key architecture is missing"),
        arguments(
            "arch",
            "system.GLB[1..1]\n    actions",
            "system.GBL[1..1]\n    actions",
            "no table of GLB. Maybe GBL was meant"),
        arguments(
            "arch",
            "name: read, energy: 10.0",
            "name: raed, energy: 10.0",
            "action read is missing. Maybe raed was meant"),
        arguments("arch", "energy: 10.0", "energy: -10.0", "not below zero"),
        arguments(
            "arch",
            "system.mac[1..16]\n    actions:\n    - {name: compute",
            "system.mac[1..16]\n    actions:\n    - {name: think",
            "action compute is missing"),
        arguments("problem", "P: 8", "P: 0", "a whole number of 1 to"),
        arguments("problem", "P: 8", "P: -8", "not -8"),
        arguments("problem", "P: 8", "X: 8", "key P is missing"),
        arguments("problem", "P: 8", "P: 8, Wstrid: 2", "Maybe Wstride was meant"),
        arguments("problem", "P: 8", "P: 8, Wstride: 0", "Wstride"),
        arguments("problem", "[[C]]", "[[B]]", "unknown dimension B"),
        arguments("problem", "[R, Wdilation]", "[R, Wdilatoin]", "Maybe Wdilation was meant"),
        arguments("problem", "[R, Wdilation]", "[R, 1, 2]", "[dimension, coefficient]"),
        arguments("problem", "[C, M, R", "[C, C, M, R", "listed twice"),
        arguments("problem", "read_write: true", "read_write: maybe", "true or false"),
        arguments("problem", "read_write: true", "read_write: false", "has 0 outputs"),
        arguments("problem", "name: Inputs", "name: Weights", "names Weights twice"),
        arguments(
            "problem",
            "      - [[S, Hdilation], [Q, Hstride]]",
            "      - [[R, Hdilation], [Q, Hstride]]",
            "a dimension in two axes"),
        arguments("problem", "data_spaces", "dataspaces", "Maybe data_spaces was meant"),
        arguments("problem", ", default: 1", "", "has no value and no default"),
        arguments(
            "mapping",
            "target: GLB, type: temporal",
            "target: GBL, type: temporal",
            "unknown level GBL. Maybe GLB was meant"),
        arguments("mapping", "target: GLB, type: temporal", "type: temporal", "target is missing"),
        arguments("mapping", "type: spatial", "type: spacial", "Maybe spatial was meant"),
        arguments("mapping", "split: 1", "spilt: 1", "Maybe split was meant"),
        arguments("mapping", "split: 1", "split: -1", "a whole number of 0 to"),
        arguments(
            "mapping",
            "split: 1",
            "split: 7",
            "take 16 instances, but GLB has a fan-out" + " of 4 along X"),
        arguments(
            "mapping",
            "P=8 Q=8",
            "P=4 Q=8",
            "product of the factors of P is 4 (4), but its bound is 8. Maybe a factor of 2"),
        arguments(
            "mapping",
            "C=1 M=1 R=1 S=1 N=1 P=8 Q=8",
            "'C=1 M=1 R=1 S=1 N=1 P=8,3 Q=8'",
            "product of the factors of P is 3"),
        arguments(
            "mapping",
            "C=1 M=1 R=1 S=1 N=1 P=8 Q=8",
            "'C=1 M=1 R=1 S=1 N=1 P=8,9 Q=8'",
            "remainder of P=8,9 is not possible"),
        arguments("mapping", "P=8 Q=8", "P=-8 Q=8", "factor P=-8 is not possible"),
        arguments("mapping", "P=8 Q=8", "P=99999999999 Q=8", "is not possible"),
        arguments("mapping", "P=8 Q=8", "P=8 P=1 Q=8", "dimension P is given twice"),
        arguments("mapping", "P=8 Q=8", "P=8 K=8", "unknown dimension K"),
        arguments("mapping", "P=8 Q=8", "P<=8 Q=8", "is for constraints"),
        arguments("mapping", "P=8 Q=8", "P=8 ? Q=8", "were expected, not '? Q=8'"),
        arguments("mapping", "permutation: QPCMRSN", "permutation: QQCMRSN", "Q is listed twice"),
        arguments("mapping", "permutation: QPCMRSN", "permutation: QKCMRSN", "unknown dimension"),
        arguments(
            "mapping",
            "- {target: GLB, type: temporal",
            "- {target: RF, type: temporal",
            "a second directive of this type and target, the first is in line 5"),
        arguments(
            "mapping",
            "keep: [Weights, Inputs, Outputs], bypass: []",
            "keep: [Weights, Input], bypass: []",
            "Maybe Inputs was meant"),
        arguments(
            "mapping",
            "keep: [Weights, Inputs, Outputs], bypass: []",
            "keep: [Weights], bypass: [Weights]",
            "both kept and bypassed"),
        arguments(
            "mapping",
            "{target: DRAM, type: datatype, keep: [Weights, Inputs, Outputs]," + " bypass: []",
            "{target: DRAM, type: datatype, keep: [Weights], bypass: [Inputs]",
            "outermost level DRAM must keep everything"),
        arguments("mapping", "mapping:", "maping:", "Maybe mapping was meant"),
        arguments("mapping", "mapping:", "mapping: 3 #", "malformed YAML"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void violatedRuleIsNamedWithFileAndLine(String kind, String old, String now, String message)
      throws IOException {
    String text = VALID.text(kind + ".yaml");
    assertThat(text).contains(old);
    Path file =
        file(
            kind + ".yaml",
            text.replaceFirst(
                java.util.regex.Pattern.quote(old), java.util.regex.Matcher.quoteReplacement(now)));
    assertThatThrownBy(() -> read(kind, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(kind + ".yaml:")
        .hasMessageContaining(message);
  }

  static Stream<Arguments> constraints() {
    return Stream.of(
        arguments("{target: RF, type: spatial, factors: C=2}", "has no fan-out below it"),
        arguments("{target: GLB, type: temporal, factors: C=x}", "were expected, not 'C=x'"),
        arguments("{target: GLB, type: temporal, factors: 'C=3,2'}", "cannot fix the partial pass"),
        arguments("{target: GLB, type: bypass, keep: [Inputs], bypass: [Inputs]}", "both kept"),
        arguments("{target: DRAM, type: bypass, bypass: [Inputs]}", "must keep everything"),
        arguments("{target: GLB, type: parallelism, min: 0.5}", "unknown type parallelism"),
        arguments("{target: GLB, type: temporal, factor: C=1}", "Maybe factors was meant"),
        arguments("{target: GLB, type: temporal, factors: [C=1, C=2]}", "given twice"),
        arguments(
            "{target: GLB, type: temporal, factors: C=1}\n"
                + "  - {target: GLB, type: temporal, factors: C=2}",
            "C=2 contradicts C=1 of another constraint of GLB"),
        arguments("temporal", "a constraint with target and type was expected"));
  }

  @ParameterizedTest
  @MethodSource("constraints")
  void violatedRuleOfConstraintsIsNamed(String constraint, String message) throws IOException {
    Path file = file("c.yaml", "architecture_constraints:\n  targets:\n  - " + constraint + "\n");
    assertThatThrownBy(() -> read("constraints", file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("c.yaml:")
        .hasMessageContaining(message);
  }

  static Stream<Arguments> unreadable() {
    String bomb = "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n";
    StringBuilder bombs = new StringBuilder(bomb);
    for (char c = 'b'; c <= 'i'; c++) {
      String before = "*" + (char) (c - 1);
      bombs.append(c).append(": &").append(c).append(" [");
      bombs.append(String.join(", ", java.util.Collections.nCopies(5, before))).append("]\n");
    }
    return Stream.of(
        arguments("", "is empty"),
        arguments("a: [1", "malformed YAML"),
        arguments("a: b: c", "malformed YAML"),
        arguments("a: 1\n---\nb: 2\n", "second YAML document"),
        arguments("\u0000", "malformed YAML"),
        arguments("a: *nothing", "malformed YAML"),
        arguments("a: &a [*a]", "alias"),
        arguments(bombs.toString(), "expand to more than"),
        arguments(bomb + "b: [" + "*a, ".repeat(1001) + "1]", "aliases"),
        arguments("[".repeat(5000), "levels deep"),
        arguments("- 1", "key mapping is missing"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void unreadableTextIsOneMessageWithTheFile(String text, String message) throws IOException {
    Path file = file("m.yaml", text);
    assertThatThrownBy(() -> read("mapping", file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("m.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void directoryMissingLargeAndBinaryFilesAreNamed() throws IOException {
    assertThatThrownBy(() -> read("arch", folder)).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> read("arch", folder.resolve("no.yaml")))
        .hasMessageEndingWith("no.yaml does not exist");
    Path large = file("large.yaml", "#".repeat(YamlFile.MAX_BYTES + 1));
    assertThatThrownBy(() -> read("arch", large)).hasMessageContaining("at most");
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    assertThatThrownBy(() -> read("arch", binary)).hasMessageContaining("UTF-8");
  }

  @Test
  void allProblemsOfAFileComeAtOnce() throws IOException {
    String text =
        VALID
            .text("mapping.yaml")
            .replace("target: RF, type: temporal", "target: FR, type: temporal")
            .replace("split: 1", "spilt: 1")
            .replace("P=8", "P=9");
    Path file = file("mapping.yaml", text);
    assertThatThrownBy(() -> read("mapping", file))
        .hasMessageContaining(":5: ")
        .hasMessageContaining("Maybe RF was meant")
        .hasMessageContaining("Maybe split was meant")
        .hasMessageContaining("factor P=9");
  }

  @Test
  void attributesWithoutMeaningAreWarnedOf() throws IOException {
    Path file =
        file(
            "arch.yaml", VALID.text("arch.yaml").replace("depth: 4096", "depth: 4096, n_banks: 2"));
    List<String> warnings = TimeloopArchitecture.read(file).warnings();
    assertThat(warnings)
        .containsExactly(
            "arch.yaml:11: architecture.subtree[0].local[1].attributes.n_banks:"
                + " has no meaning here and is ignored");
  }

  @Test
  void validFilesHaveNoWarnings() {
    assertThat(TimeloopArchitecture.read(VALID.file("arch.yaml")).warnings()).isEmpty();
    assertThat(TimeloopProblem.read(VALID.file("problem.yaml")).warnings()).isEmpty();
  }
}
