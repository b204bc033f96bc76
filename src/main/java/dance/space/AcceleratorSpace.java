package dance.space;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Template;
import dance.check.Nearest;
import dance.check.Rules;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Accelerators to choose from: every combination of the values of some axes. A design has an index,
 * the positions of its values read as digits, first axis first, so that the last axis changes
 * fastest.
 *
 * <pre>{@code
 * AcceleratorSpace.of(
 *     "buffers",
 *     x -> Template.of(14, 12, 16, Dataflow.ROW_STATIONARY)
 *         .bufferBytes(1024L * x.whole("buffer_kb"))
 *         .wordBits(x.whole("word_bits"))
 *         .accelerator(),
 *     Axis.of("buffer_kb", 54, 108, 216),
 *     Axis.of("word_bits", 8, 16));
 * }</pre>
 */
public final class AcceleratorSpace {

  /**
   * A parameter and the values it may take.
   *
   * @param name a word
   * @param values numbers, dataflows or anything else with a short text; all different
   */
  public record Axis(String name, List<Object> values) {
    public Axis {
      values = List.copyOf(values);
      List<String> labels = values.stream().map(AcceleratorSpace::label).toList();
      new Rules()
          .require(
              name != null && name.matches("[^:=,;\\s]+"),
              "name of axis \"%s\" must be a word",
              name)
          .require(!values.isEmpty(), "axis %s needs at least one value", name)
          .require(
              labels.stream().distinct().count() == labels.size(),
              "values %s of axis %s must differ",
              labels,
              name)
          .check();
    }

    /** An axis with these values. */
    public static Axis of(String name, Object... values) {
      return new Axis(name, List.of(values));
    }

    /** {@code rf=4,8,16}. */
    @Override
    public String toString() {
      return name
          + "="
          + values.stream().map(AcceleratorSpace::label).collect(Collectors.joining(","));
    }
  }

  private static final String PE_X = "pe_x";
  private static final String PE_Y = "pe_y";
  private static final String RF = "rf";
  private static final String DATAFLOW = "dataflow";

  private final String name;
  private final List<Axis> axes;
  private final Function<ChosenValues, Accelerator> decoder;
  private final Function<ChosenValues, String> labels;
  private final int size;

  private AcceleratorSpace(
      String name,
      List<Axis> axes,
      Function<ChosenValues, Accelerator> decoder,
      Function<ChosenValues, String> labels) {
    this.name = name;
    this.axes = List.copyOf(axes);
    this.decoder = decoder;
    this.labels = labels;
    double product = 1;
    for (Axis axis : axes) {
      product *= axis.values().size();
    }
    new Rules()
        .require(name != null && !name.isBlank(), "an accelerator space needs a name")
        .require(!axes.isEmpty(), "accelerator space %s needs an axis", name)
        .require(
            axes.stream().map(Axis::name).distinct().count() == axes.size(),
            "axes %s of accelerator space %s must have different names",
            axes,
            name)
        .require(
            product <= Integer.MAX_VALUE,
            "accelerator space %s has %.0f designs; at most %d can be numbered",
            name,
            product,
            Integer.MAX_VALUE)
        .check();
    size = (int) product;
  }

  /**
   * The space of DANCE: arrays of 8…24 × 8…24 PEs, register files of 4, 8, 16, 32 or 64 words,
   * weight-, output- or row-stationary; 4,335 designs of {@link Template}. Axes {@code pe_x},
   * {@code pe_y}, {@code rf}, {@code dataflow}. (The four variables: Choi et al., DAC 2021; their
   * values are our reading of it.)
   */
  public static AcceleratorSpace dance() {
    Object[] sides = IntStream.rangeClosed(8, 24).boxed().toArray();
    List<Axis> axes =
        List.of(
            Axis.of(PE_X, sides),
            Axis.of(PE_Y, sides),
            Axis.of(RF, 4, 8, 16, 32, 64),
            Axis.of(
                DATAFLOW,
                Dataflow.WEIGHT_STATIONARY,
                Dataflow.OUTPUT_STATIONARY,
                Dataflow.ROW_STATIONARY));
    return new AcceleratorSpace(
        "dance", axes, x -> template(x).accelerator(), x -> template(x).name());
  }

  private static Template template(ChosenValues x) {
    Dataflow dataflow = x.value(DATAFLOW, Dataflow.class);
    return Template.of(x.whole(PE_X), x.whole(PE_Y), x.whole(RF), dataflow);
  }

  /**
   * Any space. A design is named after its values: {@code buffers:buffer_kb=54:word_bits=8}.
   *
   * @param name a word
   * @param decoder the accelerator of the chosen values; its name is replaced
   * @param axes what may be chosen
   */
  public static AcceleratorSpace of(
      String name, Function<ChosenValues, Accelerator> decoder, Axis... axes) {
    Function<ChosenValues, String> labels =
        x ->
            x.byAxis().entrySet().stream()
                .map(e -> ":" + e.getKey() + "=" + label(e.getValue()))
                .collect(Collectors.joining("", name, ""));
    return new AcceleratorSpace(
        name, List.of(axes), x -> decoder.apply(x).named(labels.apply(x)), labels);
  }

  /** Only arrays with these numbers of columns and of rows. */
  public AcceleratorSpace pes(Integer... sides) {
    return keep(PE_X, (Object[]) sides).keep(PE_Y, (Object[]) sides);
  }

  /** Only register files of these words. */
  public AcceleratorSpace rf(Integer... words) {
    return keep(RF, (Object[]) words);
  }

  /** Only these dataflows. */
  public AcceleratorSpace dataflows(Dataflow... dataflows) {
    return keep(DATAFLOW, (Object[]) dataflows);
  }

  /**
   * Only these values of an axis, in the order of the axis.
   *
   * @throws IllegalArgumentException if there is no such axis, or it has not all of the values
   */
  public AcceleratorSpace keep(String axis, Object... values) {
    int position = axis(axis);
    Axis whole = axes.get(position);
    List<Object> wanted = List.of(values);
    Rules rules = new Rules();
    for (Object value : wanted) {
      rules.require(
          whole.values().contains(value),
          "value %s is not on axis %s of accelerator space %s, which has %s",
          label(value),
          axis,
          name,
          whole);
    }
    rules.check();
    List<Axis> changed = new ArrayList<>(axes);
    changed.set(
        position, new Axis(axis, whole.values().stream().filter(wanted::contains).toList()));
    return new AcceleratorSpace(name, changed, decoder, labels);
  }

  /** Name of the space; a part of it has the same. */
  public String name() {
    return name;
  }

  /** The axes, in order. */
  public List<Axis> axes() {
    return axes;
  }

  /** Number of designs. */
  public int size() {
    return size;
  }

  /** All designs by index, each made when it is asked for. */
  public List<Accelerator> list() {
    return new Designs();
  }

  private final class Designs extends AbstractList<Accelerator> implements RandomAccess {
    @Override
    public Accelerator get(int index) {
      return accelerator(index);
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** The index of the design with these positions on the axes. */
  public int index(int... positions) {
    Rules rules = new Rules();
    rules
        .require(
            positions.length == axes.size(),
            "choice %s must have a position on each of %d axes",
            Arrays.toString(positions),
            axes.size())
        .check();
    int index = 0;
    for (int a = 0; a < positions.length; a++) {
      int length = axes.get(a).values().size();
      rules.require(
          positions[a] >= 0 && positions[a] < length,
          "position %d on axis %s must be from 0 to %d",
          positions[a],
          axes.get(a).name(),
          length - 1);
      index = index * length + positions[a];
    }
    rules.check();
    return index;
  }

  /** The positions of a design on the axes. */
  public int[] positions(int index) {
    new Rules()
        .require(
            index >= 0 && index < size,
            "index %d of accelerator space %s must be from 0 to %d",
            index,
            name,
            size - 1)
        .check();
    int[] positions = new int[axes.size()];
    for (int a = positions.length - 1, rest = index; a >= 0; a--) {
      int length = axes.get(a).values().size();
      positions[a] = rest % length;
      rest /= length;
    }
    return positions;
  }

  /** The values of a design. */
  public ChosenValues values(int index) {
    int[] positions = positions(index);
    Map<String, Object> values = new LinkedHashMap<>();
    for (int a = 0; a < positions.length; a++) {
      values.put(axes.get(a).name(), axes.get(a).values().get(positions[a]));
    }
    return new ChosenValues(Collections.unmodifiableMap(values));
  }

  /** The accelerator of a design; {@link #label} is its name. */
  public Accelerator accelerator(int index) {
    return decoder.apply(values(index));
  }

  /** The design as a text: {@code template:14x12:rf16:rs}. */
  public String label(int index) {
    return labels.apply(values(index));
  }

  /**
   * The index of the design with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public int indexOf(String label) {
    for (int i = 0; i < size; i++) {
      if (label(i).equals(label)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "accelerator space "
            + name
            + " has no design "
            + label
            + "; one of its "
            + size
            + " is "
            + label(size / 2));
  }

  /** The index of a design, each with the same probability. */
  public int sample(RandomGenerator random) {
    return random.nextInt(size);
  }

  /** Length of an encoding: the values of all axes together. */
  public int encodingSize() {
    return offset(axes.size());
  }

  /** Where the values of an axis begin in an encoding. */
  public int offset(int axis) {
    return axes.stream().limit(axis).mapToInt(a -> a.values().size()).sum();
  }

  /**
   * The design as numbers.
   *
   * @return {@code [encodingSize]}: for each axis, one value after the other, 1 for the chosen one,
   *     otherwise 0
   */
  public double[] encode(int index) {
    double[] encoding = new double[encodingSize()];
    int[] positions = positions(index);
    for (int a = 0; a < positions.length; a++) {
      encoding[offset(a) + positions[a]] = 1;
    }
    return encoding;
  }

  /**
   * The index of the most probable design: on each axis the largest value, the first of them where
   * several are equal.
   *
   * @param encoding {@code [encodingSize]}: probabilities or any values
   */
  public int decode(double[] encoding) {
    new Rules()
        .require(
            encoding.length == encodingSize(),
            "encoding of %d values must have %d, one for each value of %s",
            encoding.length,
            encodingSize(),
            axes)
        .check();
    int[] positions = new int[axes.size()];
    for (int a = 0, next = 0; a < positions.length; a++) {
      int start = next;
      next += axes.get(a).values().size();
      int best = start;
      for (int i = start + 1; i < next; i++) {
        best = encoding[i] > encoding[best] ? i : best;
      }
      positions[a] = best - start;
    }
    return index(positions);
  }

  /**
   * One line that differs between spaces whose axes or values differ: {@code dance: pe_x=8,9;…}.
   * What the decoder makes of the values is not in it.
   */
  public String fingerprint() {
    return name + ": " + axes.stream().map(Axis::toString).collect(Collectors.joining(";"));
  }

  @Override
  public String toString() {
    return fingerprint() + " (" + size + " designs)";
  }

  private int axis(String axis) {
    List<String> names = axes.stream().map(Axis::name).toList();
    int position = names.indexOf(axis);
    if (position < 0) {
      throw new IllegalArgumentException(
          "accelerator space "
              + name
              + " has no axis "
              + axis
              + ", only "
              + String.join(", ", names)
              + "."
              + Nearest.to(axis, names).map(n -> " Maybe " + n + " was meant.").orElse(""));
    }
    return position;
  }

  private static String label(Object value) {
    if (value instanceof Dataflow dataflow) {
      return dataflow.label();
    }
    return value.toString();
  }
}
