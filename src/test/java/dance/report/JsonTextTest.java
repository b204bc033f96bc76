package dance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class JsonTextTest {
  @Test
  void mapsAndListsKeepTheirOrder() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", Arrays.asList(1, 2L, 2.5, true, null));
    map.put("a", Map.of());
    map.put("list", List.of());
    assertThat(JsonText.of(map))
        .isEqualTo(
            """
            {
              "z": [
                1,
                2,
                2.5,
                true,
                null
              ],
              "a": {},
              "list": []
            }\
            """);
  }

  @Test
  void whatJsonDoesNotKnowIsNullOrRefused() {
    assertThat(JsonText.of(List.of(Double.NaN, Double.NEGATIVE_INFINITY)))
        .isEqualTo("[\n  null,\n  null\n]");
    assertThatThrownBy(() -> JsonText.of(Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.util.Optional");
  }

  @ParameterizedTest
  @CsvSource({
    "1536, 1536.0", "0.1, 0.1", "1e-5, 0.00001", "2e-3, 0.002", "1e16, 10000000000000000.0",
    "-0.0, -0.0", "0, 0.0", "4.9e-324, 5E-324", "2e23, 2E+23", "9612.581784, 9612.581784"
  })
  void doublesAreShort(double value, String expected) {
    assertThat(JsonText.of(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void doublesReadBackAsTheyWere(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 2000; i++) {
      double value =
          i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextDouble(1e9);
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(JsonText.of(value))).isEqualTo(value);
        assertThat(JsonText.read(JsonText.of(Map.of("x", value)))).containsEntry("x", value);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyStringReadsBackAsItWas(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Load load = new Load(LoadSettings.builder().build());
    for (int i = 0; i < 500; i++) {
      String string =
          random
              .ints(8, 0, 0x3000)
              .map(c -> c < 0x1000 ? c % 0x80 : c)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .append("\uD83D\uDE00")
              .toString();
      String json = JsonText.of(string);
      assertThat(json.chars()).noneMatch(c -> c < 0x20);
      // YAML reads every escape of JSON, but folds no raw control characters into strings
      assertThat(
              load.loadFromString(json.replace("\u007f", "\\u007f").replace("\u2028", "\\u2028")))
          .isEqualTo(string);
    }
  }

  @Test
  void halfACharacterIsEscaped() {
    assertThat(JsonText.of("a\uD83Db")).isEqualTo("\"a\\ud83db\"");
    assertThat(JsonText.of("\uDE00")).isEqualTo("\"\\ude00\"");
  }
}
