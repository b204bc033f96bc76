package dance.notebook.drawing;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.cost.SignificantDigits;
import dance.notebook.chart.Palette;
import dance.simulate.mapping.Evaluation;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * An accelerator: its memory levels from the outermost to the MAC units, and the array of the
 * latter; under a mapping, with the units that work at some time.
 */
public final class AcceleratorDrawing {
  private static final int BOX = 290;
  private static final int LEFT = 16;
  private static final int TOP = 52;

  private AcceleratorDrawing() {}

  /** The accelerator without a mapping. */
  public static Drawing of(Accelerator accelerator) {
    Svg svg = new Svg();
    String title = accelerator.name() + ", " + SignificantDigits.words(accelerator.dataflow());
    title(svg, title);
    levels(svg, accelerator, l -> Kept.at(accelerator.levels().get(l)));
    String units = SignificantDigits.count(accelerator.macUnits());
    new ArrayPart(svg, accelerator, LEFT + BOX + 40, TOP).draw(units);
    String seen =
        accelerator.levels().stream()
            .map(level -> level.name() + " (" + capacity(level) + ")")
            .collect(Collectors.joining(", ", title + ": ", ", " + units + " MAC units"));
    return svg.drawing(LEFT, seen);
  }

  /** The accelerator under the mapping of an evaluation. */
  public static Drawing of(Evaluation evaluation) {
    Accelerator accelerator = evaluation.accelerator();
    long busy = evaluation.counts().utilizedMacs();
    Svg svg = new Svg();
    String title = evaluation.einsum().name() + " on " + accelerator.name();
    title(svg, title);
    levels(
        svg, accelerator, l -> Kept.at(evaluation.einsum(), evaluation.mapping().levels().get(l)));
    String share = SignificantDigits.brief(100.0 * busy / accelerator.macUnits());
    String caption =
        "%s of %s (%s %%) busy"
            .formatted(
                SignificantDigits.count(busy),
                SignificantDigits.count(accelerator.macUnits()),
                share);
    UnitIndices units = UnitIndices.of(evaluation);
    List<String> sentences = Sharing.sentences(evaluation, units);
    new ArrayPart(svg, accelerator, LEFT + BOX + 40, TOP).draw(caption, units, sentences);
    String seen = title + ": MAC units " + caption + ", " + Sharing.sides(units);
    return svg.drawing(
        LEFT, sentences.isEmpty() ? seen : seen + ". " + String.join(". ", sentences));
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
              .formatted(
                  SignificantDigits.measure(level.readPj() / level.lineWords()), port(level));
      List<String> lines = new ArrayList<>(List.of(capacity(level)));
      if (!level.partitions().isEmpty()) {
        lines.add(
            level.partitions().stream().map(Partition::toString).collect(Collectors.joining(", ")));
      }
      lines.add(port);
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
                    SignificantDigits.measure(accelerator.mac().macPj()),
                    SignificantDigits.brief(accelerator.clockMhz()))));
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
      svg.text(
          LEFT + BOX - 10, y + 18, "× " + SignificantDigits.count(instances), "text-anchor", "end");
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
            SignificantDigits.brief(bytes / Math.pow(1024, power)),
            List.of(bytes == 1 ? "byte" : "bytes", "KiB", "MiB").get(power),
            SignificantDigits.count(level.capacityWords()),
            level.wordBits());
  }

  private static String port(MemoryLevel level) {
    double words = Math.min(level.sharedWordsPerCycle(), level.readWordsPerCycle());
    return Double.isInfinite(words) ? "" : ", " + SignificantDigits.brief(words) + " words a cycle";
  }
}
