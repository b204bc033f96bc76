package dance.interchange;

import dance.check.Nearest;
import dance.check.Rules;
import dance.workload.Layer;
import dance.workload.Layer.Kind;
import dance.workload.Layer.Shape;
import dance.workload.Layer.Size;
import dance.workload.Layer.Zeros;
import dance.workload.Network;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts one row of a {@link NetworkFile}, named cells, to a layer and back. */
final class NetworkRow {
  static final List<String> COLUMNS =
      List.of(
          "name",
          "kind",
          "c",
          "k",
          "p",
          "q",
          "r",
          "s",
          "stride",
          "groups",
          "dilation",
          "repeats",
          "n",
          "extra_parameters",
          "zero_inputs",
          "zero_weights",
          "zero_outputs");

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("conv", Kind.CONVOLUTION);
    KINDS.put("depthwise", Kind.CONVOLUTION);
    KINDS.put("fc", Kind.FULLY_CONNECTED);
    KINDS.put("matmul", Kind.MATRIX_MULTIPLICATION);
    KINDS.put("pool", Kind.POOLING);
    KINDS.put("add", Kind.ADDITION);
  }

  private final String place;
  private final Map<String, String> cells;
  private final Rules rules;

  /**
   * A row to be read.
   *
   * @param place file and line, for messages
   * @param cells by column; an absent or empty cell has the default
   * @param rules receives every problem
   */
  NetworkRow(String place, Map<String, String> cells, Rules rules) {
    this.place = place;
    this.cells = cells;
    this.rules = rules;
  }

  /** The layer of this row; empty if it has problems, which are recorded. */
  Optional<Network.Entry> entry() {
    int before = rules.violations().size();
    String name = text("name");
    rules.require(!name.isEmpty(), "%s, column name: a layer needs a name", place);
    String word = text("kind");
    Kind kind = KINDS.get(Nearest.plain(word));
    if (kind == null) {
      String maybe =
          Nearest.to(word, KINDS.keySet()).map(k -> ". Maybe " + k + " was meant.").orElse("");
      rules.require(
          false, "%s, column kind: \"%s\" is not one of %s%s", place, word, KINDS.keySet(), maybe);
      return Optional.empty();
    }
    Shape shape = shape(Nearest.plain(word).equals("depthwise"), kind);
    int repeats = whole("repeats", 1);
    long extra = number("extra_parameters", 0L, Long.MAX_VALUE);
    Zeros zeros =
        new Zeros(fraction("zero_inputs"), fraction("zero_weights"), fraction("zero_outputs"));
    if (rules.violations().size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Network.Entry(new Layer(name, kind, shape, null, extra, zeros), repeats));
    } catch (IllegalArgumentException invalid) {
      invalid.getMessage().lines().forEach(m -> rules.require(false, "%s: %s", place, m));
      return Optional.empty();
    }
  }

  private Shape shape(boolean depthwise, Kind kind) {
    boolean channelwise = depthwise || kind == Kind.POOLING || kind == Kind.ADDITION;
    boolean image = kind != Kind.FULLY_CONNECTED && kind != Kind.MATRIX_MULTIPLICATION;
    int c = whole("c", null);
    int k = whole("k", channelwise ? c : null);
    int p = whole("p", 1);
    int r = whole("r", 1);
    Size stride = pair("stride");
    Size dilation = pair("dilation");
    int groups = whole("groups", channelwise ? c : 1);
    rules.require(
        !depthwise || groups == c,
        "%s, column groups: a depthwise layer has as many groups as input channels (%d), not %d."
            + " Maybe kind conv was meant.",
        place,
        c,
        groups);
    int n = whole("n", 1);
    Size output = new Size(p, whole("q", image ? p : 1));
    Size kernel = new Size(r, whole("s", r));
    return new Shape(n, k, c, groups, output, kernel, stride, dilation);
  }

  private String text(String column) {
    return cells.getOrDefault(column, "");
  }

  /** A size; 1 in place of one that is missing or malformed, after the problem is recorded. */
  private int whole(String column, Integer otherwise) {
    return (int)
        number(column, otherwise == null ? null : otherwise.longValue(), Integer.MAX_VALUE);
  }

  private long number(String column, Long otherwise, long limit) {
    String text = text(column);
    if (text.isEmpty()) {
      rules.require(otherwise != null, "%s, column %s: a number is needed", place, column);
      return otherwise == null ? 1 : otherwise;
    }
    return parse(column, text, limit);
  }

  /** A fraction as 0.387 or 38.7%; 0 in place of one that is malformed. */
  private double fraction(String column) {
    String text = text(column);
    boolean percent = text.endsWith("%");
    String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
    if (text.isEmpty()) {
      return 0;
    }
    boolean number = digits.matches("[0-9]{0,20}\\.?[0-9]{1,20}([eE]-?[0-9]{1,3})?");
    double value = number ? Double.parseDouble(digits) / (percent ? 100 : 1) : -1;
    rules.require(
        value >= 0 && value <= 1,
        "%s, column %s: \"%s\" must be a fraction, 0…1%s",
        place,
        column,
        text,
        value > 1 && value <= 100 && !percent ? ". Maybe " + text + "% was meant." : "");
    return value >= 0 && value <= 1 ? value : 0;
  }

  private long parse(String column, String text, long limit) {
    if (!text.matches("[+-]?[0-9]{1,100}")) {
      rules.require(false, "%s, column %s: \"%s\" must be a whole number", place, column, text);
      return 1;
    }
    BigInteger value = new BigInteger(text);
    if (value.abs().compareTo(BigInteger.valueOf(limit)) > 0) {
      rules.require(
          false, "%s, column %s: %s must be at most %d in size", place, column, text, limit);
      return 1;
    }
    return value.longValue();
  }

  /** One number for both directions, or rows × columns as {@code 2x1}. */
  private Size pair(String column) {
    String text = text(column);
    int times = text.indexOf('x');
    if (times < 0) {
      int both = whole(column, 1);
      return new Size(both, both);
    }
    return new Size(
        (int) parse(column, text.substring(0, times).strip(), Integer.MAX_VALUE),
        (int) parse(column, text.substring(times + 1).strip(), Integer.MAX_VALUE));
  }

  /**
   * A layer as the cells of {@link #COLUMNS}.
   *
   * @throws IllegalArgumentException for a layer given by its einsum
   */
  static List<String> cells(Network.Entry entry) {
    Layer layer = entry.layer();
    Shape x = layer.shape();
    String kind = kindOf(layer);
    return List.of(
        layer.name(),
        kind,
        "" + x.c(),
        "" + x.k(),
        "" + x.p(),
        "" + x.q(),
        "" + x.r(),
        "" + x.s(),
        pair(x.strideP(), x.strideQ()),
        "" + x.groups(),
        pair(x.dilationR(), x.dilationS()),
        "" + entry.repeats(),
        "" + x.n(),
        "" + layer.extraParameters(),
        fraction(layer.zeros().inputs()),
        fraction(layer.zeros().weights()),
        fraction(layer.zeros().outputs()));
  }

  private static String fraction(double value) {
    return value == 0 ? "0" : "" + value;
  }

  private static String kindOf(Layer layer) {
    Shape x = layer.shape();
    if (layer.kind() == Kind.CONVOLUTION && x.c() > 1 && x.groups() == x.c()) {
      return "depthwise";
    }
    return KINDS.entrySet().stream()
        .filter(k -> k.getValue() == layer.kind())
        .findFirst()
        .map(Map.Entry::getKey)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "layer "
                        + layer.name()
                        + " is given by its einsum, which a network file has no columns for"));
  }

  private static String pair(int rows, int columns) {
    return rows == columns ? "" + rows : rows + "x" + columns;
  }
}
