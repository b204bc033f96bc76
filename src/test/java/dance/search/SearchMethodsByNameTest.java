package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every method has one name, by which it is found. */
class SearchMethodsByNameTest {
  private static final CoExplorerOptions OPTIONS = CoExplorerOptions.defaults();

  @ParameterizedTest
  @EnumSource
  void aNameIsItsOwnMethod(SearchMethods method) {
    assertThat(SearchMethods.byName(method.word())).isEqualTo(method);
    assertThat(SearchMethods.byName(method.name())).isEqualTo(method);
    if (method.isNeural()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> method.with(OPTIONS))
          .withMessageContaining(method.word() + " needs a trained evaluator");
    }
  }

  @Test
  void methodsDiffer() {
    Set<String> labels = new HashSet<>();
    for (SearchMethods method : SearchMethods.values()) {
      assertThat(method.isNeural() || labels.add(method.with(OPTIONS).name())).isTrue();
    }
    assertThat(labels).hasSize(SearchMethods.values().length - 2);
  }

  @ParameterizedTest
  @CsvSource({"rndom, random", "neural_no, neural-noff", "nsga-II, nsga2", "Hil, hill"})
  void theNearestNameIsSaid(String given, String nearest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchMethods.byName(given))
        .withMessage(
            "search method "
                + given
                + " is not one of exact, neural, neural-noff, accuracy, flops, reinforce, nsga2,"
                + " random, hill, straight-through, macs, flops-best, macs-best, eyeriss, eyeriss-only, single,"
                + " typical, alternating. Maybe "
                + nearest
                + " was meant.");
  }

  @Test
  void ofSomeOnlyThoseAreFoundAndNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchMethods.byName("random", SearchMethods.EVALUATING))
        .withMessage("search method random is not one of exact, neural, neural-noff.");
  }

  @Test
  void whatIsUsualNeedsNoEvaluatorWhereNothingIsTrained() {
    assertThat(SearchMethods.usual(false)).noneMatch(SearchMethods::isNeural);
    assertThat(SearchMethods.usual(true)).noneMatch(SearchMethods::looksOneByOne);
    List<SearchMethods> all = new ArrayList<>(SearchMethods.usual(false));
    all.addAll(SearchMethods.usual(true));
    // variants of the baselines are for those who ask for them
    assertThat(Arrays.stream(SearchMethods.values()).filter(m -> !all.contains(m)))
        .containsExactly(
            SearchMethods.MACS,
            SearchMethods.FLOPS_BEST,
            SearchMethods.MACS_BEST,
            SearchMethods.EYERISS,
            SearchMethods.EYERISS_ONLY,
            SearchMethods.SINGLE,
            SearchMethods.TYPICAL);
  }
}
