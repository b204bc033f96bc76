package dance.notebook.drawing;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.Figures;
import dance.notebook.chart.Palette;
import dance.simulate.mapping.Evaluation;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * An accelerator: its memory levels from the outermost to the MAC units, and the array of the
 * latter; under a mapping, with the units that work at some time.
 */
public final class AcceleratorDrawing {
  private static final int BOX = 290;
  private static final int LEFT = 16;
  private static final int TOP = 52;
  private static final int GRID = 360;

  /** Maximum number of squares along a side; in larger arrays each represents several units. */
  private static final int MOST_SQUARES = 72;

  private AcceleratorDrawing() {}

  /** The accelerator without a mapping. */
  public static Drawing of(Accelerator accelerator) {
    Svg svg = new Svg();
    title(svg, accelerator.name() + ", " + Figures.words(accelerator.dataflow()));
    levels(svg, accelerator, l -> Kept.at(accelerator.levels().get(l)));
    int columns = BusyUnits.side(accelerator.levels(), true);
    int rows = BusyUnits.side(accelerator.levels(), false);
    array(svg, accelerator, new boolean[columns][rows], Figures.count(accelerator.macUnits()));
    return svg.drawing(LEFT);
  }

  /** The accelerator under the mapping of an evaluation. */
  public static Drawing of(Evaluation evaluation) {
    Accelerator accelerator = evaluation.accelerator();
    long busy = evaluation.counts().utilizedMacs();
    Svg svg = new Svg();
    title(svg, evaluation.einsum().name() + " on " + accelerator.name());
    levels(
        svg, accelerator, l -> Kept.at(evaluation.einsum(), evaluation.mapping().levels().get(l)));
    String share = Figures.brief(100.0 * busy / accelerator.macUnits());
    array(
        svg,
        accelerator,
        BusyUnits.of(evaluation),
        "%s of %s (%s %%) busy"
            .formatted(Figures.count(busy), Figures.count(accelerator.macUnits()), share));
    return svg.drawing(LEFT);
  }

  private static void title(Svg svg, String text) {
    svg.text(LEFT, 28, text, "font-size", "15", "font-weight", "bold");
  }

  private static void levels(Svg svg, Accelerator accelerator, IntFunction<Kept> kept) {
    double y = TOP;
    for (int l = 0; l < accelerator.levels().size(); l++) {
      MemoryLevel level = accelerator.levels().get(l);
      String port =
          "%s pJ to read a word%s"
              .formatted(Figures.measure(level.readPj() / level.lineWords()), port(level));
      List<String> lines = new ArrayList<>(List.of(capacity(level), port));
      lines.addAll(kept.apply(l).lines());
      y = box(svg, y, level.name(), accelerator.instances(l), Palette.level(l), lines);
      svg.line(LEFT + BOX / 2.0, y, LEFT + BOX / 2.0, y + 20, "stroke", "#888888");
      if (level.fanoutX() * level.fanoutY() > 1) {
        svg.text(LEFT + BOX / 2.0 + 8, y + 14, level.fanoutX() + " × " + level.fanoutY());
      }
      y += 20;
    }
    box(
        svg,
        y,
        accelerator.mac().name(),
        accelerator.macUnits(),
        Palette.BLACK,
        List.of(
            "%s pJ an operation, %s MHz"
                .formatted(
                    Figures.measure(accelerator.mac().macPj()),
                    Figures.brief(accelerator.clockMhz()))));
  }

  private static double box(
      Svg svg, double y, String name, long instances, Color color, List<String> lines) {
    double height = 26 + 16 * lines.size();
    String hex = Palette.hex(color);
    svg.rect(
        LEFT,
        y,
        BOX,
        height,
        "rx",
        "4",
        "fill",
        Palette.hex(Palette.tint(color, 0.85)),
        "stroke",
        hex);
    svg.text(LEFT + 10, y + 18, name, "font-weight", "bold");
    if (instances > 1) {
      svg.text(LEFT + BOX - 10, y + 18, "× " + Figures.count(instances), "text-anchor", "end");
    }
    for (int i = 0; i < lines.size(); i++) {
      svg.text(LEFT + 10, y + 34 + 16 * i, lines.get(i), "font-size", "11");
    }
    return y + height;
  }

  private static String capacity(MemoryLevel level) {
    if (level.capacityWords() == MemoryLevel.UNBOUNDED) {
      return "no limit × " + level.wordBits() + " bits";
    }
    double bytes = level.capacityWords() * (level.wordBits() / 8.0);
    int power = bytes < 1 << 10 ? 0 : bytes < 1 << 20 ? 1 : 2;
    return "%s %s: %s × %d bits"
        .formatted(
            Figures.brief(bytes / Math.pow(1024, power)),
            List.of("bytes", "KiB", "MiB").get(power),
            Figures.count(level.capacityWords()),
            level.wordBits());
  }

  private static String port(MemoryLevel level) {
    double words = Math.min(level.sharedWordsPerCycle(), level.readWordsPerCycle());
    return Double.isInfinite(words) ? "" : ", " + Figures.brief(words) + " words a cycle";
  }

  private static void array(Svg svg, Accelerator accelerator, boolean[][] busy, String caption) {
    int columns = busy.length;
    int rows = busy[0].length;
    int each = (Math.max(columns, rows) + MOST_SQUARES - 1) / MOST_SQUARES;
    int[] blocks = blocks(accelerator);
    double pitch = Math.min(22, (double) GRID * each / Math.max(columns, rows));
    double left = LEFT + BOX + 40;
    svg.text(left, TOP + 12, "MAC units: " + caption, "font-weight", "bold");
    String scale = each > 1 ? ", a square is %d × %d of them".formatted(each, each) : "";
    svg.text(left, TOP + 30, columns + " columns × " + rows + " rows" + scale, "font-size", "11");
    for (int x = 0; x < columns; x += each) {
      for (int y = 0; y < rows; y += each) {
        int working = 0;
        for (int i = x; i < Math.min(x + each, columns); i++) {
          for (int j = y; j < Math.min(y + each, rows); j++) {
            working += busy[i][j] ? 1 : 0;
          }
        }
        Color color =
            working == 0
                ? new Color(0xE4E4E4)
                : Palette.tint(Palette.BLUE, 0.7 * (1 - (double) working / (each * each)));
        svg.rect(
            left + x / each * pitch + x / blocks[0] * gap(blocks[0], columns, pitch),
            TOP + 42 + y / each * pitch + y / blocks[1] * gap(blocks[1], rows, pitch),
            pitch * 0.85,
            pitch * 0.85,
            "class",
            working == 0 ? "idle" : "busy",
            "fill",
            Palette.hex(color));
      }
    }
  }

  /** Columns and rows of the units below one instance of the outermost level that has several. */
  private static int[] blocks(Accelerator accelerator) {
    List<MemoryLevel> levels = accelerator.levels();
    int outer = 0;
    while (outer < levels.size() - 1
        && levels.get(outer).fanoutX() * levels.get(outer).fanoutY() == 1) {
      outer++;
    }
    List<MemoryLevel> inner = levels.subList(outer + 1, levels.size());
    return new int[] {BusyUnits.side(inner, true), BusyUnits.side(inner, false)};
  }

  private static double gap(int block, int side, double pitch) {
    return block == 1 || block == side ? 0 : Math.max(2, pitch / 2);
  }
}
