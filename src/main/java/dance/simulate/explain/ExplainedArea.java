package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.text;
import static java.util.stream.Collectors.joining;

import dance.accelerator.Accelerator;
import dance.accelerator.Area;
import dance.accelerator.MemoryLevel;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.How;
import dance.simulate.explain.Explanation.Term;
import java.util.List;

/** Explains the area of an accelerator: its components, and what is beside them. */
final class ExplainedArea {
  private final Accelerator accelerator;

  ExplainedArea(Accelerator accelerator) {
    this.accelerator = accelerator;
  }

  /** The sum of all parts, mm². */
  Explanation total() {
    Area area = accelerator.area();
    List<Explanation> parts = area.parts().stream().map(this::part).toList();
    return new Explanation(
        "area",
        area.totalMm2(),
        "mm²",
        new Derivation(
            "Σ parts",
            parts.isEmpty()
                ? "0"
                : parts.stream().map(p -> text(p.value())).collect(joining(" + ")),
            "Costs of " + accelerator.costs() + "; off-chip memory is not counted."),
        How.SUM,
        parts.stream().map(p -> (Term) new Amount(p.subject(), p.value())).toList(),
        parts);
  }

  private Explanation part(Area.Part part) {
    return Explanation.constant(
        "area of " + part.component(),
        part.areaMm2(),
        "mm²",
        text(part.instances()) + " of " + text(part.oneUm2()) + " µm²: " + source(part));
  }

  private String source(Area.Part part) {
    for (MemoryLevel level : accelerator.levels()) {
      if (level.name().equals(part.component())) {
        return level.source().text();
      }
    }
    return part.component().startsWith("rest of")
        ? accelerator.overheads().source()
        : accelerator.technology();
  }
}
