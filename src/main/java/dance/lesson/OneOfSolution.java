package dance.lesson;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An answer that is one of several names; each of those that are right is accepted.
 *
 * @param names to choose from
 * @param right names that are right
 * @param mistake name of choosing another
 * @param why the reason, shown with a right answer
 */
record OneOfSolution(List<String> names, Supplier<Set<String>> right, String mistake, String why)
    implements Solution {
  @Override
  public Verdict check(Object answer) {
    String chosen = String.valueOf(answer).strip().toLowerCase(Locale.ROOT);
    if (!names.contains(chosen)) {
      return Verdict.wrong(
          "not a choice", "choose one of " + String.join(", ", names) + ", not " + answer + ".");
    }
    return right.get().contains(chosen)
        ? Verdict.right(chosen + ". " + why)
        : Verdict.wrong(mistake, chosen + " has more than another.");
  }
}
