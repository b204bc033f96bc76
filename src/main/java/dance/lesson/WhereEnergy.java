package dance.lesson;

import dance.cost.Ledger;
import dance.cost.SignificantDigits;
import dance.lesson.Answer.Fact;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Where does the energy go: by level, then by tensor, and the largest single account. */
final class WhereEnergy {
  private WhereEnergy() {}

  static Answer of(Evaluation evaluation) {
    double total = evaluation.energyPj();
    List<Fact> facts = new ArrayList<>();
    add(facts, evaluation.ledger().byLevel(), total, "");
    add(facts, evaluation.ledger().byOperand(), total, "all levels");
    facts.add(
        new Fact("each operation", total / evaluation.einsum().points(), "pJ", "all included"));
    Ledger.Entry largest =
        evaluation.ledger().entries().stream()
            .max(Comparator.comparingDouble(Ledger.Entry::energyPj))
            .orElseThrow();
    Map.Entry<String, Double> level =
        evaluation.ledger().byLevel().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .orElseThrow();
    String account =
        largest.level()
            + " "
            + SignificantDigits.words(largest.action())
            + (largest.operand().isEmpty() ? "" : " of " + largest.operand());
    String sentence =
        "Most to %s, %s %% of %s µJ; the largest account is %s, %s %%."
            .formatted(
                level.getKey(),
                SignificantDigits.brief(100 * level.getValue() / total),
                SignificantDigits.measure(total / 1e6),
                account,
                SignificantDigits.brief(100 * largest.energyPj() / total));
    return new Answer(
        "where does the energy of " + evaluation.einsum().name() + " go?", sentence, facts);
  }

  private static void add(List<Fact> facts, Map<String, Double> parts, double total, String note) {
    parts.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .filter(part -> !part.getKey().isEmpty())
        .forEach(
            part ->
                facts.add(
                    new Fact(
                        part.getKey(),
                        part.getValue() / 1e6,
                        "µJ",
                        SignificantDigits.brief(100 * part.getValue() / total)
                            + " %"
                            + (note.isEmpty() ? "" : ", " + note))));
  }
}
