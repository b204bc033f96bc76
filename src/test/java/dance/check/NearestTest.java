package dance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES = List.of("depth", "word-bits", "width", "technology");

  @ParameterizedTest
  @CsvSource({
    "dept, depth",
    "Depht, depth",
    "wordbits, word-bits",
    "WORD_BITS, word-bits",
    "tech, technology",
    "wdith, width"
  })
  void slipsLeadToTheWordThatWasMeant(String word, String meant) {
    assertThat(Nearest.to(word, NAMES)).contains(meant);
  }

  /** Any letter is one edit from any other: that is no reason to propose it. */
  @Test
  void singleLettersResembleOnlyThemselves() {
    List<String> dimensions = List.of("H", "W", "K", "Wstride");
    assertThat(Nearest.to("M", dimensions)).isEmpty();
    assertThat(Nearest.to("", dimensions)).isEmpty();
    assertThat(Nearest.to("HH", List.of("H"))).isEmpty();
    assertThat(Nearest.to("h", dimensions)).contains("H");
    assertThat(Nearest.to("Wstrid", dimensions)).contains("Wstride");
  }

  @Test
  void wordsFarFromAllCandidatesHaveNone() {
    assertThat(Nearest.to("energy", NAMES)).isEmpty();
    assertThat(Nearest.to("", NAMES)).isEmpty();
    assertThat(Nearest.to("depth", List.of())).isEmpty();
  }
}
