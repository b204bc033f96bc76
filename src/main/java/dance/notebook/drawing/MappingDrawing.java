package dance.notebook.drawing;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.SignificantDigits;
import dance.notebook.chart.Palette;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.LoopNest;
import dance.workload.Tensor;
import java.awt.Color;
import java.util.List;

/**
 * A mapping: its loops, indented, with the tile of every tensor at every level that keeps it. A
 * full dot marks a loop that moves the tensor's tile, a ring one that reuses it.
 */
public final class MappingDrawing {
  private static final int LEFT = 16;
  private static final int LINE = 19;
  private static final int INDENT = 14;
  private static final int COLUMN = 92;

  /** Maximum width of a monospaced character of 12 pixels. */
  private static final double CHARACTER = 7.4;

  private MappingDrawing() {}

  /** The mapping of an evaluation. */
  public static Drawing of(Evaluation evaluation) {
    Accelerator accelerator = evaluation.accelerator();
    LoopNest nest = LoopNest.of(evaluation.einsum(), accelerator, evaluation.mapping());
    List<Tensor> tensors = evaluation.einsum().tensors();
    double tiles = LEFT + 20 + widest(nest);
    double width = tiles + COLUMN * tensors.size() + 150;
    Svg svg = new Svg();
    String title = evaluation.einsum().name() + " on " + accelerator.name();
    svg.text(LEFT, 28, title, "font-size", "15", "font-weight", "bold");
    svg.text(LEFT + 8, 52, "● moves the tile  ○ uses it again", "font-size", "11");
    for (int t = 0; t < tensors.size(); t++) {
      number(svg, tiles, t, 52, tensors.get(t).name(), "font-weight", "bold");
    }
    svg.text(tiles + COLUMN * tensors.size() + 24, 52, "tiles [words]", "font-weight", "bold");
    double y = 60;
    int depth = 0;
    for (int l = 0; l < nest.levels().size(); l++) {
      LoopNest.Level level = nest.levels().get(l);
      List<LoopNest.Loop> loops = level.loops().stream().filter(o -> o.bound() > 1).toList();
      Color color = Palette.level(l);
      svg.rect(
          LEFT,
          y,
          width - LEFT,
          LINE * (1 + loops.size()) + 8,
          "rx",
          "4",
          "fill",
          Palette.hex(Palette.tint(color, 0.85)));
      y += LINE - 3;
      AccessCounts.Level counts = evaluation.counts().levels().get(l);
      String used =
          counts.utilizedInstances() > 1
              ? " × " + SignificantDigits.count(counts.utilizedInstances())
              : "";
      svg.text(LEFT + 8, y, level.name() + used, "font-weight", "bold");
      tiles(svg, tiles, y, tensors, counts, accelerator.levels().get(l));
      for (LoopNest.Loop loop : loops) {
        y += LINE;
        loop(svg, tiles, y, tensors, loop, depth++);
      }
      y += 15;
    }
    svg.text(LEFT + 8 + INDENT * depth, y + 16, "multiply, add", "font-family", "monospace");
    return svg.drawing(LEFT, "the loops of " + title + ": " + evaluation.mapping());
  }

  private static double widest(LoopNest nest) {
    int depth = 0;
    double widest = 190;
    for (LoopNest.Level level : nest.levels()) {
      widest = Math.max(widest, 20 + 9 * level.name().length());
      for (LoopNest.Loop loop : level.loops()) {
        if (loop.bound() > 1) {
          widest = Math.max(widest, INDENT * depth++ + CHARACTER * text(loop).length());
        }
      }
    }
    return widest;
  }

  private static String text(LoopNest.Loop loop) {
    String last = loop.last() == loop.bound() ? "" : ", at last " + loop.last();
    return switch (loop.place()) {
      case TEMPORAL -> "for " + loop.dimension() + " in " + loop.bound() + last;
      case SPATIAL_X -> "along X: " + loop.dimension() + " in " + loop.bound() + last;
      case SPATIAL_Y -> "along Y: " + loop.dimension() + " in " + loop.bound() + last;
    };
  }

  private static void tiles(
      Svg svg,
      double x,
      double y,
      List<Tensor> tensors,
      AccessCounts.Level counts,
      MemoryLevel level) {
    long together = 0;
    for (AccessCounts.Tensor tile : counts.tensors()) {
      int t = tensors.stream().map(Tensor::name).toList().indexOf(tile.name());
      number(svg, x, t, y, SignificantDigits.count(tile.tileWords()));
      together += tile.tileWords();
    }
    String capacity =
        level.usableWords() == MemoryLevel.UNBOUNDED
            ? ""
            : " of " + SignificantDigits.count(level.usableWords());
    String words = together == 0 ? "bypassed" : SignificantDigits.count(together) + capacity;
    svg.text(x + COLUMN * tensors.size() + 24, y, words);
  }

  private static void loop(
      Svg svg, double x, double y, List<Tensor> tensors, LoopNest.Loop loop, int depth) {
    svg.text(
        LEFT + 8 + INDENT * depth,
        y,
        text(loop),
        "font-family",
        "monospace",
        "font-weight",
        loop.place() == LoopNest.Place.TEMPORAL ? "normal" : "bold");
    for (int t = 0; t < tensors.size(); t++) {
      number(svg, x, t, y, tensors.get(t).isRelevant(loop.dimension()) ? "●" : "○");
    }
  }

  private static void number(
      Svg svg, double x, int column, double y, String text, String... attributes) {
    String[] all = java.util.Arrays.copyOf(attributes, attributes.length + 2);
    all[attributes.length] = "text-anchor";
    all[attributes.length + 1] = "end";
    svg.text(x + COLUMN * (column + 1), y, text, all);
  }
}
