package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.interchange.onnx.OnnxOptions;
import dance.workload.Einsum;
import dance.workload.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Included texts and merge keys, as the layer shapes of Timeloop's exercises have them. */
class IncludesTest {
  private static final Path LAYER = Path.of("src/test/resources/timeloop/nodes/layers/layer.yaml");

  @TempDir Path folder;

  @Test
  void aLayerIsMergedWithTheBaseThatItIncludes() {
    Einsum conv1 = TimeloopProblem.read(LAYER).value();
    assertThat(conv1.points()).isEqualTo(Networks.resNet18().layers().get(0).macs());
    assertThat(conv1.tensors().toString()).contains("2·P");
    assertThat(NetworkReader.read(LAYER, OnnxOptions.defaults()).value().macs())
        .isEqualTo(conv1.points());
  }

  @Test
  void shallowMergesReplaceAndDeepOnesJoin() {
    String text =
        """
        a: &a {x: 1, in: {p: 1, q: 1}}
        b: &b {x: 2, y: 2}
        shallow: {<<: [*a, *b], in: {p: 3}}
        deep: {<<<: *a, in: {p: 3}}
        """;
    YamlNode root = YamlFile.parse("t", text, new Problems());
    YamlNode shallow = root.get("shallow").orElseThrow();
    assertThat(shallow.get("x").orElseThrow().text()).isEqualTo("1");
    assertThat(shallow.get("y").orElseThrow().text()).isEqualTo("2");
    assertThat(shallow.get("in").orElseThrow().entries()).hasSize(1);
    YamlNode deep = root.get("deep").orElseThrow().get("in").orElseThrow();
    assertThat(deep.get("p").orElseThrow().text()).isEqualTo("3");
    assertThat(deep.get("q").orElseThrow().text()).isEqualTo("1");
    assertThatThrownBy(() -> YamlFile.parse("t", "a: {<<: 3}", new Problems()))
        .hasMessageContaining("t: line 1: a merge key needs a mapping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{include_text('gone.yaml')}}      | gone.yaml is no YAML file there
          {{include_text('/etc/passwd')}}    | /etc/passwd is no YAML file there
          {% if large %}                     | p.yaml: a template's if has no endif
          {% macro large() %}                | p.yaml: the template {% macro large() %} is not read here
          problem: {C: {{channels}}}         | p.yaml: the template {{channels}} is not filled in
          """)
  void whatCannotBeIncludedIsNamed(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), text + "\n");
    assertThatThrownBy(() -> TimeloopProblem.read(file)).hasMessageContaining(message);
  }
}
