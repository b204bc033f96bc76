package dance.lesson;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * An answer that is some of several names, in any order: {@code "A, C"}, {@code List.of("A", "C")}.
 *
 * @param names to choose from
 * @param right the names that make the right answer
 * @param extra name of the mistake to choose one too many
 * @param missing name of the mistake to leave one out
 * @param why the reason, shown with a right answer
 */
record ChoiceSolution(
    List<String> names, Supplier<Set<String>> right, String extra, String missing, String why)
    implements Solution {
  @Override
  public Verdict check(Object answer) {
    Collection<?> given =
        answer instanceof Collection<?> several
            ? several
            : Arrays.asList(String.valueOf(answer).strip().split("[\\s,;]+"));
    Set<String> chosen =
        given.stream()
            .map(name -> String.valueOf(name).toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> all =
        names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    if (!all.containsAll(chosen)) {
      return Verdict.wrong(
          "not a choice", "choose from " + String.join(", ", names) + ", not " + answer + ".");
    }
    Set<String> wanted =
        right.get().stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    if (chosen.equals(wanted)) {
      return Verdict.right(String.join(", ", right.get()) + ". " + why);
    }
    return wanted.containsAll(chosen)
        ? Verdict.wrong(missing, "there are more than " + String.join(", ", chosen) + ".")
        : Verdict.wrong(extra, "not all of " + String.join(", ", chosen) + " belong.");
  }
}
