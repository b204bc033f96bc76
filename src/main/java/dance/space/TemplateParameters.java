package dance.space;

import dance.accelerator.Dataflow;
import dance.accelerator.Dram;
import dance.accelerator.Overheads;
import dance.accelerator.Technology;
import dance.accelerator.Template;
import dance.check.Nearest;
import dance.check.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The parameters of a {@link Template} that may be axes of a space: {@code pe_x}, {@code pe_y},
 * {@code rf} (words), {@code dataflow}, {@code technology_nm}, {@code overheads} (true or false),
 * {@code word_bits}, {@code clock_mhz}, {@code buffer_kb}, {@code buffer_bytes_per_cycle}, {@code
 * dram} and {@code dram_bytes_per_cycle}. Without an axis, a parameter is that of Eyeriss' array
 * under {@link Template#of}: 14 × 12 PEs, 16 words, row-stationary.
 */
public final class TemplateParameters {
  private static final Map<String, BiFunction<Template, Object, Template>> SETTERS =
      new LinkedHashMap<>();

  static {
    SETTERS.put("pe_x", (t, v) -> t.array(whole(v), t.peY()));
    SETTERS.put("pe_y", (t, v) -> t.array(t.peX(), whole(v)));
    SETTERS.put("rf", (t, v) -> t.rfWords(whole(v)));
    SETTERS.put("dataflow", (t, v) -> t.dataflow((Dataflow) v));
    SETTERS.put("technology_nm", (t, v) -> t.technology(technology(whole(v))));
    SETTERS.put("overheads", (t, v) -> (Boolean) v ? t : t.overheads(Overheads.NONE));
    SETTERS.put("word_bits", (t, v) -> t.wordBits(whole(v)));
    SETTERS.put("clock_mhz", (t, v) -> t.clockMhz(number(v)));
    SETTERS.put("buffer_kb", (t, v) -> t.bufferBytes(Math.round(1024 * number(v))));
    SETTERS.put("buffer_bytes_per_cycle", (t, v) -> t.bufferBandwidth(number(v), number(v)));
    SETTERS.put("dram", (t, v) -> t.dram((Dram) v, t.offChip().bytesPerCycle()));
    SETTERS.put("dram_bytes_per_cycle", (t, v) -> t.dram(t.offChip().kind(), number(v)));
  }

  /** Those without area: off-chip memory is not counted, nor how fast a component is. */
  private static final Set<String> WITHOUT_AREA =
      Set.of("dataflow", "clock_mhz", "buffer_bytes_per_cycle", "dram", "dram_bytes_per_cycle");

  private TemplateParameters() {}

  /** Whether the area of a template depends on a parameter. */
  static boolean hasArea(String parameter) {
    return !WITHOUT_AREA.contains(parameter);
  }

  /** Their names. */
  public static List<String> names() {
    return List.copyOf(SETTERS.keySet());
  }

  static void check(String space, List<DesignAxis> axes) {
    Rules rules = new Rules();
    for (DesignAxis axis : axes) {
      rules.require(
          SETTERS.containsKey(axis.name()),
          "axis %s of accelerator space %s is no parameter of templates, which are %s%s",
          axis.name(),
          space,
          String.join(", ", names()),
          Nearest.to(axis.name(), names()).map(n -> ". Maybe " + n + " was meant.").orElse(""));
    }
    rules.check();
    // in turn on each axis: a value that no template can have
    for (DesignAxis axis : axes) {
      for (Object value : axis.values()) {
        rules.tried(() -> with(usual(), axis.name(), value));
      }
    }
    rules.check();
  }

  static Template template(ChosenValues x) {
    Template template = usual();
    for (String parameter : SETTERS.keySet()) {
      if (x.byAxis().containsKey(parameter)) {
        template = with(template, parameter, x.byAxis().get(parameter));
      }
    }
    return template;
  }

  /**
   * The positions on the axes of the template of this name; empty if it is no template's, or an
   * axis lacks its value.
   */
  static Optional<int[]> positions(String name, List<DesignAxis> axes) {
    Template template = Template.named(name).orElse(null);
    if (template == null || !axes.stream().allMatch(a -> SETTERS.containsKey(a.name()))) {
      return Optional.empty();
    }
    int[] positions = new int[axes.size()];
    for (int a = 0; a < positions.length; a++) {
      DesignAxis axis = axes.get(a);
      int at = 0;
      // The value that the template has is the one that does not change it.
      while (at < axis.size()
          && !with(template, axis.name(), axis.values().get(at)).equals(template)) {
        at++;
      }
      if (at == axis.size()) {
        return Optional.empty();
      }
      positions[a] = at;
    }
    return Optional.of(positions);
  }

  private static Template usual() {
    return Template.of(14, 12, 16, Dataflow.ROW_STATIONARY);
  }

  private static Template with(Template template, String parameter, Object value) {
    try {
      return SETTERS.get(parameter).apply(template, value);
    } catch (ClassCastException otherKind) {
      throw new IllegalArgumentException(
          "value " + value + " of axis " + parameter + " is of another kind", otherKind);
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static int whole(Object value) {
    double number = number(value);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("value " + value + " must be a whole number");
    }
    return (int) number;
  }

  private static Technology technology(int nodeNm) {
    return Technology.all().stream()
        .filter(t -> t.nodeNm() == nodeNm)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "technology_nm "
                        + nodeNm
                        + " is not one of "
                        + Technology.all().stream().map(Technology::nodeNm).toList()));
  }
}
