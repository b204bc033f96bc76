package dance.simulate.explain;

import dance.cost.SignificantDigits;
import dance.simulate.explain.Explanation.Moves;
import dance.simulate.explain.Explanation.PartialMoves;
import dance.simulate.explain.Explanation.Term;
import dance.simulate.mapping.LoopNest;
import dance.simulate.mapping.LoopNest.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The loops of a nest, with what each contributes to an explained number.
 *
 * @param lines of the nest, outermost first, without loops of one iteration
 */
public record ResponsibleLoops(List<Line> lines) {
  private static final Pattern OVER =
      Pattern.compile(
          "(instances|temporal|iterations|distinct elements)\\b.* (?:over|along) (\\S+?),?( .*)?");

  /**
   * A loop.
   *
   * @param level of the memory
   * @param loop the loop
   * @param share what it contributes; empty if nothing
   * @param value words that it brings in; 0 if it brings none, but is a factor
   */
  public record Line(String level, LoopNest.Loop loop, String share, double value) {
    /** Whether the number depends on it. */
    public boolean isResponsible() {
      return !share.isEmpty();
    }
  }

  /** Copies the list: the record is immutable. */
  public ResponsibleLoops {
    lines = List.copyOf(lines);
  }

  /** The loops of an explanation's nest. */
  static ResponsibleLoops of(Explanation explanation) {
    Map<String, Term> terms = new LinkedHashMap<>();
    collect(explanation, terms);
    List<Line> lines = new ArrayList<>();
    for (LoopNest.Level level : explanation.nest().levels()) {
      for (LoopNest.Loop loop : level.loops()) {
        if (loop.bound() > 1) {
          Term term =
              terms.entrySet().stream()
                  .filter(entry -> names(entry.getKey(), loop, level.name()))
                  .map(Map.Entry::getValue)
                  .findFirst()
                  .orElse(null);
          lines.add(
              term == null
                  ? new Line(level.name(), loop, "", 0)
                  : new Line(level.name(), loop, share(term), words(term)));
        }
      }
    }
    return new ResponsibleLoops(lines);
  }

  /** Terms that are loops; of an explanation without any, those of what it is based on. */
  private static void collect(Explanation explanation, Map<String, Term> terms) {
    int before = terms.size();
    for (Term term : explanation.terms()) {
      boolean loops = term.part().startsWith("for ") || OVER.matcher(term.part()).matches();
      if (loops && term.value().doubleValue() != 0) {
        terms.putIfAbsent(term.part(), term);
      }
    }
    if (terms.size() == before) {
      explanation.basis().forEach(basis -> collect(basis, terms));
    }
  }

  private static boolean names(String part, LoopNest.Loop loop, String level) {
    if (part.startsWith("for ")) {
      return part.equals(loop + " at " + level);
    }
    Matcher over = OVER.matcher(part);
    return over.matches()
        && List.of(over.group(2).split("[+·]")).contains(loop.dimension())
        && switch (over.group(1)) {
          case "instances" -> loop.place() != Place.TEMPORAL;
          case "temporal" -> loop.place() == Place.TEMPORAL;
          default -> !part.contains("temporal") || loop.place() == Place.TEMPORAL;
        };
  }

  private static double words(Term term) {
    boolean moves = term instanceof Moves || term instanceof PartialMoves;
    return moves ? term.value().doubleValue() : 0;
  }

  private static String share(Term term) {
    String value = ExplanationText.number(term.value());
    if (term instanceof Moves moves) {
      return "%s = %s × (%s − %s)"
          .formatted(
              value,
              ExplanationText.number(moves.times()),
              ExplanationText.number(moves.words()),
              ExplanationText.number(moves.overlap()));
    }
    if (term instanceof PartialMoves moves) {
      return "%s = %s − %s in %s"
          .formatted(
              value,
              ExplanationText.number(moves.words()),
              ExplanationText.number(moves.overlap()),
              SignificantDigits.plural(moves.times(), "advance"));
    }
    return term.part().startsWith("for ") ? value : value + " " + term.part();
  }

  /** Whether any loop is responsible. */
  public boolean isKnown() {
    return lines.stream().anyMatch(Line::isResponsible);
  }

  /** The nest as text; an arrow marks the loops responsible, with what they contribute. */
  @Override
  public String toString() {
    int width = 0;
    for (int i = 0; i < lines.size(); i++) {
      width = Math.max(width, 2 * i + lines.get(i).loop().toString().length());
    }
    StringBuilder text = new StringBuilder();
    String level = "";
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (!line.level().equals(level)) {
        level = line.level();
        text.append(level).append('\n');
      }
      String loop = "  ".repeat(i) + line.loop();
      text.append(line.isResponsible() ? "▸ " : "  ").append(loop);
      if (line.isResponsible()) {
        text.append(" ".repeat(width - loop.length() + 2)).append(line.share());
      }
      text.append('\n');
    }
    return text.toString();
  }
}
