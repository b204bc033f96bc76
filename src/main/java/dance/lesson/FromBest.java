package dance.lesson;

import dance.cost.SignificantDigits;
import dance.lesson.Answer.Fact;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far is this mapping from the best of the accelerator's dataflow (energy-delay product,
 * default effort), and what is the first difference, from the outermost level.
 */
final class FromBest {
  private FromBest() {}

  static Answer of(Evaluation evaluation) {
    Evaluation best = LargerBuffer.best(evaluation, evaluation.accelerator());
    double times = evaluation.edp() / best.edp();
    String difference = difference(evaluation, best).orElse("The loops are the same.");
    String sentence =
        times > 1 + 1e-9
            ? "Its energy-delay product is "
                + SignificantDigits.brief(times)
                + " times that of the best. "
                + difference
            : "It is as good as the best of the dataflow that was found.";
    return new Answer(
        "how far is this mapping from the best?",
        sentence,
        List.of(
            new Fact("energy", evaluation.energyPj() / 1e6, "µJ", "this mapping"),
            new Fact("energy of the best", best.energyPj() / 1e6, "µJ", ""),
            new Fact("cycles", evaluation.cycles(), "cycles", "this mapping"),
            new Fact("cycles of the best", best.cycles(), "cycles", ""),
            new Fact("EDP over the best", times, "", best.mapping().toString())));
  }

  /** The outermost level at which two mappings differ, and how. */
  static Optional<String> difference(Evaluation one, Evaluation other) {
    for (int l = 0; l < one.mapping().levels().size(); l++) {
      String name = one.accelerator().levels().get(l).name();
      Mapping.Level a = one.mapping().levels().get(l);
      Mapping.Level b = other.mapping().levels().get(l);
      Optional<String> found =
          first(
              name,
              differs("keeps ", sorted(a.keeps()), sorted(b.keeps())),
              differs("spreads over X ", loops(a.spatialX()), loops(b.spatialX())),
              differs("spreads over Y ", loops(a.spatialY()), loops(b.spatialY())),
              differs("iterates ", loops(a.temporal()), loops(b.temporal())));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @SafeVarargs
  private static Optional<String> first(String level, Optional<String>... differences) {
    for (Optional<String> difference : differences) {
      if (difference.isPresent()) {
        return Optional.of("The first difference: " + level + " " + difference.get() + ".");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> differs(String verb, String here, String there) {
    return here.equals(there)
        ? Optional.empty()
        : Optional.of(verb + here + " here, " + there + " in the best");
  }

  private static String sorted(Set<String> names) {
    return names.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(names));
  }

  private static String loops(List<Einsum.Loop> loops) {
    String text =
        loops.stream()
            .filter(loop -> loop.bound() > 1)
            .map(Einsum.Loop::toString)
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? "nothing" : text;
  }
}
