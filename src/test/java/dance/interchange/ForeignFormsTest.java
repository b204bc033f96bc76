package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.workload.Einsum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions, templates and older forms of Timeloop's files, as others write them. */
class ForeignFormsTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          12 * 34                          | 408
          2 ** 3 ** 2                      | 512
          -7 // 2 + 7 % 4                  | -1
          1e-9 * 2                         | 2.0E-9
          ceil(10 / 4) + min(3, 2, 5)      | 5
          log2(64) if a > 1 else 0         | 6
          'C=' + str(a * 2)                | C=6
          part.width['x'] + [1, 4][1]      | 14
          sum([1] * 5)                     | 5
          not (a == 3 and 'b' in 'abc')    | False
          part.get('nothing', 7)           | 7
          'x' ~ 1                          | x1
          round(2.5)                       | 2
          """)
  void expressionsHaveTheValuesOfPython(String text, String value) {
    Map<String, Object> names = Map.of("a", 3.0, "part", Map.of("width", Map.of("x", 10.0)));
    assertThat(Expression.text(Expression.value(text, names::get, false))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a +                              | '' was not expected
          n_banks * 2                      | n_banks is not known
          __import__('os')                 | __import__ is not known
          ''.__class__                     | __class__ is not known
          open('f')                        | open is not known
          [0] * 1000000000                 | more than 100000 elements
          range(1e9)                       | more than 100000 elements
          1 + 'a'                          | 'a' is no number
          $                                | is no expression
          """)
  void whatIsNoExpressionIsRefused(String text, String message) {
    assertThatThrownBy(() -> Expression.value(text, Map.of("a", 1.0)::get, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> Expression.value("(".repeat(3000) + "1", x -> null, false))
        .hasMessageContaining("nested more than");
  }

  private static final String NODES =
      """
      variables: {version: 0.4, BITS: 8, LINES: 64 * 2, MESH: LINES // 32}
      architecture:
        version: 0.4
        nodes:
        - !Container {name: system, attributes: {technology: 45nm, datawidth: BITS}}
        - !Component {name: DRAM, class: DRAM, attributes: {width: 8 * BITS}}
        - !Container {name: chip, attributes: {global_cycle_seconds: 5e-9, banks: 2}}
        - !Component {name: GLB, class: SRAM, attributes: {depth: LINES * banks, width: datawidth * 4}}
        - !Container {name: PE, spatial: {meshX: MESH, meshY: 2}}
        - !Component {name: RF, class: regfile, attributes: {depth: 'GLB.attributes["depth"] / 16', width: datawidth}}
        - !Component {name: MAC, class: intmac, attributes: {multiplier_width: datawidth}}
      """;

  @Test
  void attributesAreComputedFromVariablesContainersAndOtherComponents() throws IOException {
    Accelerator chip = TimeloopArchitecture.read(file("a.yaml", NODES)).value();
    assertThat(chip.level("GLB").capacityWords()).isEqualTo(256 * 4);
    assertThat(chip.level("GLB").lineWords()).isEqualTo(4);
    assertThat(chip.level("RF").capacityWords()).isEqualTo(16);
    assertThat(chip.level("DRAM").lineWords()).isEqualTo(8);
    assertThat(chip.level("inter_PE_spatial").fanoutX()).isEqualTo(4);
    assertThat(chip.clockMhz()).isEqualTo(200);
  }

  @Test
  void variablesAndTablesStandInFilesOfTheirOwn() throws IOException {
    int section = NODES.indexOf("architecture:");
    Path variables = file("v.yaml", NODES.substring(0, section));
    Path nodes = file("a.yaml", NODES.substring(section));
    assertThatThrownBy(() -> TimeloopArchitecture.read(nodes))
        .hasMessageContaining("a.yaml:8: architecture.nodes[4].spatial.meshX")
        .hasMessageContaining("not 'MESH'");
    Accelerator both = TimeloopArchitecture.read(List.of(nodes, variables)).value();
    assertThat(both.levels())
        .isEqualTo(TimeloopArchitecture.read(file("all.yaml", NODES)).value().levels());
    Path other = file("w.yaml", "variables: {BITS: 16}");
    assertThatThrownBy(() -> TimeloopArchitecture.read(List.of(nodes, variables, other)))
        .hasMessageContaining("w.yaml:1: variables.BITS: is also given in v.yaml:1");
  }

  @Test
  void templatesSetRepeatChooseAndInclude() throws IOException {
    file("include/defines.yaml", "macros_ignore: {dram: &dram {class: DRAM}}\n");
    file("deep/parts/rf.yaml", "architecture: {nodes: [!Component {name: RF, class: regfile}]}");
    file("deep/c/one.yaml", "list: [{x: 1}]");
    file("deep/c/two.yaml", "list: [{x: 2}, {x: 3}]");
    String text =
        """
        {{include_text('defines.yaml')}}
        {{add_to_path(cwd() ~ '/parts')}}{% set names = ['GLB', 'L1'] %}{# a comment #}
        architecture:
          nodes:
          - !Component {name: DRAM, <<: *dram}
        {%- for name in names %}
          {%- if name == 'L1' and not small is defined %}
          - !Component {name: {{name}}, class: SRAM, attributes: {depth: {{8 * 2}}}}
          {%- elif small %}
          - !Component {name: small, class: SRAM}
          {%- else %}
          - !Component {name: {{name}}, class: SRAM, attributes: {depth: {{depth|default(256)}}}}
          {%- endif %}
        {%- endfor %}
          - !Hierarchical
            nodes: {{include('rf.yaml', 'architecture.nodes')}}
          - !Component {name: MAC, class: intmac}
        components: {classes: {{include_all('c/*.yaml', 'list')}}}
        """;
    Accelerator chip = TimeloopArchitecture.read(file("deep/top.yaml.jinja2", text)).value();
    assertThat(chip.levels().stream().map(MemoryLevel::name))
        .containsExactly("DRAM", "GLB", "L1", "RF");
    assertThat(chip.level("GLB").capacityWords()).isEqualTo(256);
    assertThat(chip.level("L1").capacityWords()).isEqualTo(16);
  }

  @Test
  void flattenedListsAndListsOfLevelsAreTheTree() throws IOException {
    Accelerator tree =
        TimeloopArchitecture.read(
                file(
                    "t.yaml",
                    """
                    architecture:
                      subtree:
                      - name: system
                        local: [{name: DRAM, class: DRAM, attributes: {word-bits: 8}}]
                        subtree:
                        - name: chip
                          local: [{name: GLB, class: SRAM, attributes: {word-bits: 8, depth: 512}}]
                          subtree:
                          - name: PE[0..7]
                            local:
                            - {name: RF, class: regfile, attributes: {word-bits: 8, depth: 16, meshX: 4}}
                            - {name: mac, class: intmac, attributes: {meshX: 4}}
                    """))
            .value();
    Accelerator flat =
        TimeloopArchitecture.read(
                file(
                    "f.yaml",
                    """
                    architecture:
                      version: 0.3
                      local:
                      - {name: "system.chip.PE[0..7].RF", class: regfile, attributes: {word-bits: 8, depth: 16, meshX: 4}}
                      - {name: "system.chip.PE[0..7].mac", class: intmac, attributes: {meshX: 4}}
                      - {name: system.chip.GLB, class: SRAM, attributes: {word-bits: 8, depth: 512}}
                      - {name: system.chip.noc, class: XY_NoC}
                      - {name: system.DRAM, class: DRAM, attributes: {word-bits: 8}}
                    """))
            .value();
    Accelerator lists =
        TimeloopArchitecture.read(
                file(
                    "l.yaml",
                    """
                    arch:
                      arithmetic: {name: mac, instances: 8, meshX: 4, word-bits: 8}
                      storage:
                      - {name: RF, entries: 16, instances: 8, meshX: 4, word-bits: 8}
                      - {name: GLB, entries: 512, instances: 1, word-bits: 8}
                      - {name: DRAM, technology: DRAM, instances: 1, word-bits: 8}
                    """))
            .value();
    assertThat(flat.levels()).isEqualTo(tree.levels());
    // The list has no classes, by which the others' costs follow.
    assertThat(structure(lists)).isEqualTo(structure(tree));
    assertThat(tree.level("GLB").fanoutX() * tree.level("GLB").fanoutY()).isEqualTo(8);
  }

  @Test
  void problemsAreReadAsTheirAuthorsMeantThem() throws IOException {
    String text = "problem: {shape: cnn-layer, R: 1, S: 3, P: 4, Q: 4, C: 2, K: 2, N: 1, %s}";
    Parsed<Einsum> spelled =
        TimeloopProblem.read(file("p.yaml", text.formatted("HStride: 2, dnn_name: net")));
    assertThat(spelled.value().tensors().toString()).contains("2·Q");
    assertThat(spelled.warnings()).anyMatch(w -> w.contains("HStride: is read as Hstride"));
    Einsum still = TimeloopProblem.read(file("q.yaml", text.formatted("Wdilation: 0"))).value();
    assertThat(still.points()).isEqualTo(spelled.value().points());
    assertThatThrownBy(() -> TimeloopProblem.read(file("r.yaml", text.formatted("Hdilation: 0"))))
        .hasMessageContaining("Hdilation is 0, but S is larger than 1");
  }

  @Test
  void constraintsOfNodesKeepOnlyAndDoNotIterate() throws IOException {
    String nodes =
        NODES.replace(
            "name: GLB, class: SRAM",
            "name: GLB, class: SRAM, constraints: {dataspace: {keep_only: [Inputs]}, temporal: {no_iteration_over_dataspaces: [Weights]}}");
    Path problem =
        file("p.yaml", "problem: {shape: cnn-layer, R: 1, S: 3, P: 4, Q: 4, C: 2, K: 2, N: 1}");
    TimeloopFiles files = TimeloopFiles.read(List.of(file("a.yaml", nodes), problem));
    var glb = files.constraints().orElseThrow().levels().get(1);
    assertThat(glb.bypasses()).containsExactlyInAnyOrder("Weights", "Outputs");
    assertThat(glb.temporal().factors()).containsOnlyKeys("C", "K", "R", "S");
  }

  private static List<String> structure(Accelerator accelerator) {
    return accelerator.levels().stream()
        .map(level -> level.toString().replaceFirst("; read .*", ""))
        .toList();
  }
}
