package dance.lesson;

import dance.check.Nearest;
import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.lesson.Answer.Fact;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.LoopNest;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How often is each word of a tensor read from the outermost memory, and how often must it be: once
 * is enough for a level inside that holds all of it, or for loops in the right order.
 */
final class HowOften {
  private HowOften() {}

  static Answer of(Evaluation evaluation, String name) {
    List<String> names = evaluation.einsum().tensors().stream().map(Tensor::name).toList();
    new Rules()
        .require(
            names.contains(name),
            "%s has no tensor %s, only %s.%s",
            evaluation.einsum().name(),
            name,
            String.join(", ", names),
            Nearest.maybe(name, names))
        .check();
    Tensor tensor = evaluation.einsum().tensors().get(names.indexOf(name));
    AccessCounts.Level outermost = evaluation.counts().levels().get(0);
    AccessCounts.Tensor counts =
        outermost.tensors().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    boolean output = tensor.equals(evaluation.einsum().output());
    long moved = output ? counts.updates() : counts.reads();
    long words = counts.tileWords();
    List<String> loops = again(evaluation, tensor);
    String verb = output ? "written to " : "read from ";
    String sentence =
        "Each of %s words is %s%s %s times on average; once is enough. %s"
            .formatted(
                SignificantDigits.count(words),
                verb,
                outermost.name(),
                SignificantDigits.brief((double) moved / words),
                loops.isEmpty()
                    ? moved > words
                        ? "Tiles share words that do not stay inside."
                        : "No loop brings a tile again."
                    : "Again and again because of " + String.join(", ", loops) + ".");
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("words of " + name, words, "words", "each must pass at least once"));
    facts.add(new Fact("words " + verb + outermost.name(), moved, "words", ""));
    facts.add(new Fact("times", (double) moved / words, "", ""));
    if (output) {
      facts.add(
          new Fact("partial sums read back", counts.reads(), "words", "none if each is finished"));
    }
    return new Answer(
        "how often is each word of " + name + " " + verb + outermost.name() + "?", sentence, facts);
  }

  /** Loops that do not move the tensor around others that do: they bring the same tiles again. */
  static List<String> again(Evaluation evaluation, Tensor tensor) {
    LoopNest nest =
        LoopNest.of(evaluation.einsum(), evaluation.accelerator(), evaluation.mapping());
    List<String> again = new ArrayList<>();
    boolean moves = false;
    int inner = 1;
    while (inner < nest.levels().size()
        && !nest.levels().get(inner).keeps().contains(tensor.name())) {
      inner++;
    }
    // a tensor that no level inside keeps is read in every cycle: the MAC units keep nothing
    boolean always = inner == nest.levels().size();
    for (int l = inner - 1; l >= 0; l--) {
      List<LoopNest.Loop> loops = nest.levels().get(l).loops();
      for (int i = loops.size() - 1; i >= 0; i--) {
        LoopNest.Loop loop = loops.get(i);
        if (loop.place() != LoopNest.Place.TEMPORAL || loop.bound() == 1) {
          continue;
        }
        if (tensor.isRelevant(loop.dimension())) {
          moves = true;
        } else if (moves || always) {
          again.add(
              0, loop.dimension() + "=" + loop.bound() + " at " + nest.levels().get(l).name());
        }
      }
    }
    return again;
  }
}
