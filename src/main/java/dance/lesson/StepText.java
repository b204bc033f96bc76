package dance.lesson;

import dance.cost.SignificantDigits;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A step as lines of text, for a shell. */
final class StepText {
  private StepText() {}

  static String of(Step step) {
    Evaluation evaluation = step.walk().evaluation();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "step %,d of 0…%,d, cycle %,d: %s on %s, %,d of %,d MAC units work",
            step.index(),
            step.walk().steps() - 1,
            step.cycle(),
            evaluation.einsum().name(),
            evaluation.accelerator().name(),
            step.working(),
            evaluation.accelerator().macUnits()));
    Map<String, List<Step.Loop>> loops = new LinkedHashMap<>();
    step.loops().forEach(l -> loops.computeIfAbsent(l.level(), n -> new ArrayList<>()).add(l));
    loops.forEach(
        (level, own) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  %-6s %s",
                    level,
                    own.stream().map(Step.Loop::toString).collect(Collectors.joining("  ")))));
    lines.add("moves");
    step.moves().forEach(move -> lines.add("  " + move));
    if (step.begun() > 0) {
      String output = evaluation.einsum().output().name();
      lines.add("  " + output + " begin with " + Move.words(step.begun()) + ": nothing to read");
    }
    lines.add("tiles of the first instance");
    for (Tile tile : step.tiles()) {
      if (tile.why().change() != Tile.Change.INSIDE) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-6s %-8s %-26s %s",
                tile.level(),
                tile.tensor(),
                tile.place(),
                tile.reason()));
      }
    }
    inside(step).ifPresent(lines::add);
    lines.add(
        String.format(
            Locale.ROOT, "%-17s %15s %15s %15s", "words so far", "reads", "fills", "updates"));
    for (AccessCounts.Level level : step.counts().levels()) {
      for (AccessCounts.Tensor tensor : level.tensors()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-6s %-8s %15s %15s %15s",
                level.name(),
                tensor.name(),
                SignificantDigits.count(tensor.reads()),
                SignificantDigits.count(tensor.fills()),
                SignificantDigits.count(tensor.updates())));
      }
    }
    return String.join("\n", lines);
  }

  /** The tiles that the loop that advanced works within. */
  private static Optional<String> inside(Step step) {
    Map<String, List<String>> still = new LinkedHashMap<>();
    String loop = "";
    for (Tile tile : step.tiles()) {
      if (tile.why().change() == Tile.Change.INSIDE) {
        still.computeIfAbsent(tile.level(), level -> new ArrayList<>()).add(tile.tensor());
        loop = tile.why().loop();
      }
    }
    if (still.isEmpty()) {
      return Optional.empty();
    }
    String all =
        still.entrySet().stream()
            .map(e -> e.getKey() + " (" + String.join(", ", e.getValue()) + ")")
            .collect(Collectors.joining(", "));
    return Optional.of("  all others stay, " + loop + " works within them: " + all);
  }
}
