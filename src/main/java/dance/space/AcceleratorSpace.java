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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A space of accelerators: every combination of the values of its axes. The index of a design is
 * the positions of its values in mixed radix, so that the last axis changes fastest.
 *
 * <pre>{@code
 * AcceleratorSpace.of(
 *     "buffers",
 *     x -> Template.of(14, 12, 16, Dataflow.ROW_STATIONARY)
 *         .bufferBytes(1024L * x.whole("buffer_kb"))
 *         .wordBits(x.whole("word_bits"))
 *         .accelerator(),
 *     DesignAxis.of("buffer_kb", 54, 108, 216),
 *     DesignAxis.of("word_bits", 8, 16));
 * }</pre>
 */
public final class AcceleratorSpace {
  private static final String PE_X = "pe_x";
  private static final String PE_Y = "pe_y";
  private static final String RF = "rf";
  private static final String DATAFLOW = "dataflow";

  private static final Function<ChosenValues, Accelerator> TEMPLATES =
      x -> TemplateParameters.template(x).accelerator();

  private static final Function<ChosenValues, Accelerator> AS_PUBLISHED =
      x -> published(x).accelerator();

  /** What follows the name of a space whose costs are the tables as published. */
  private static final String PUBLISHED = ":published";

  private final String name;
  private final List<DesignAxis> axes;
  private final Function<ChosenValues, Accelerator> decoder;
  private final Function<ChosenValues, String> labels;
  private final List<Condition> conditions;
  private final MixedRadix numbers;

  /** The named spaces. */
  private static final Map<String, Supplier<AcceleratorSpace>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("dance", AcceleratorSpace::dance);
    BY_NAME.put("wide", AcceleratorSpace::wide);
  }

  /** The numbers of the designs that keep all conditions; null if there are none. */
  private final int[] kept;

  /** A condition on designs, with its text. */
  private record Condition(String text, Predicate<ChosenValues> holds) {}

  private AcceleratorSpace(
      String name,
      List<DesignAxis> axes,
      Function<ChosenValues, Accelerator> decoder,
      Function<ChosenValues, String> labels,
      List<Condition> conditions) {
    this.name = name;
    this.axes = List.copyOf(axes);
    this.decoder = decoder;
    this.labels = labels;
    this.conditions = conditions;
    new Rules()
        .require(name != null && !name.isBlank(), "an accelerator space needs a name")
        .require(!axes.isEmpty(), "accelerator space %s needs an axis", name)
        .require(
            axes.stream().map(DesignAxis::name).distinct().count() == axes.size(),
            "axes %s of accelerator space %s must have different names",
            axes,
            name)
        .check();
    numbers = new MixedRadix(name, this.axes);
    kept =
        conditions.isEmpty()
            ? null
            : IntStream.range(0, numbers.size)
                .filter(i -> conditions.stream().allMatch(c -> c.holds.test(chosen(i))))
                .toArray();
    new Rules()
        .require(
            kept == null || kept.length > 0,
            "no design of accelerator space %s keeps %s",
            name,
            conditions())
        .check();
  }

  /**
   * The space of DANCE: arrays of 8…24 × 8…24 PEs, register files of 4, 8, 16, 32 or 64 words,
   * weight-, output- or row-stationary; 4,335 designs of {@link Template}. Axes {@code pe_x},
   * {@code pe_y}, {@code rf}, {@code dataflow}. (The four variables: Choi et al., DAC 2021; their
   * values are our reading of it.)
   */
  public static AcceleratorSpace dance() {
    Object[] sides = IntStream.rangeClosed(8, 24).boxed().toArray();
    List<DesignAxis> axes =
        List.of(
            DesignAxis.of(PE_X, sides),
            DesignAxis.of(PE_Y, sides),
            DesignAxis.of(RF, 4, 8, 16, 32, 64),
            DesignAxis.of(
                DATAFLOW,
                Dataflow.WEIGHT_STATIONARY,
                Dataflow.OUTPUT_STATIONARY,
                Dataflow.ROW_STATIONARY));
    return templates("dance", axes);
  }

  /**
   * A wide space: arrays of 4…32 × 4…32 PEs, register files of 4 to 256 words, a global buffer of
   * 16 to 512 KB, 2.4 to 64 bytes per cycle off chip, weight-, output- or row-stationary; 741,762
   * designs of {@link Template}. Axes {@code dataflow}, {@code rf}, {@code buffer_kb}, {@code
   * dram_bytes_per_cycle}, {@code pe_x}, {@code pe_y}: arrays are last, so that designs that are
   * mapped together are next to each other. (2.4 bytes per cycle is the link of Eyeriss' test
   * board, 108 KB its buffer, 64 bytes per cycle the LPDDR4 device of {@link #dance}; the other
   * values are our choice, in powers of 2.)
   */
  public static AcceleratorSpace wide() {
    Object[] sides = IntStream.rangeClosed(4, 32).boxed().toArray();
    List<DesignAxis> axes =
        List.of(
            DesignAxis.of(
                DATAFLOW,
                Dataflow.WEIGHT_STATIONARY,
                Dataflow.OUTPUT_STATIONARY,
                Dataflow.ROW_STATIONARY),
            DesignAxis.of(RF, 4, 8, 16, 32, 64, 128, 256),
            DesignAxis.of("buffer_kb", 16, 32, 64, 108, 128, 256, 512),
            DesignAxis.of("dram_bytes_per_cycle", 2.4, 4, 8, 16, 32, 64),
            DesignAxis.of(PE_X, sides),
            DesignAxis.of(PE_Y, sides));
    return templates("wide", axes);
  }

  /** Names of the spaces that {@link #byName} makes. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * The space of this name, ignoring case: {@code dance} or {@code wide}, with the costs of the
   * tables as published {@code dance:published}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static AcceleratorSpace byName(String name) {
    if (name.endsWith(PUBLISHED)) {
      return byName(name.substring(0, name.length() - PUBLISHED.length())).published();
    }
    Supplier<AcceleratorSpace> named = BY_NAME.get(Nearest.plain(name));
    if (named == null) {
      throw new IllegalArgumentException(
          "accelerator space %s is not one of %s.%s"
              .formatted(name, String.join(", ", names()), Nearest.maybe(name, names())));
    }
    return named.get();
  }

  /**
   * A space of {@link Template}s, each under the template's name.
   *
   * @param axes over the {@linkplain TemplateParameters parameters} of templates
   * @throws IllegalArgumentException if an axis is none of them
   */
  public static AcceleratorSpace templates(String name, List<DesignAxis> axes) {
    TemplateParameters.check(name, axes);
    return new AcceleratorSpace(
        name, axes, TEMPLATES, x -> TemplateParameters.template(x).name(), List.of());
  }

  /**
   * The same designs with the costs of the tables as published in place of the chip's: a space of
   * its own, {@code dance:published}, whose tables are not those of this one.
   *
   * @throws IllegalArgumentException if its designs are no templates
   */
  public AcceleratorSpace published() {
    if (decoder == AS_PUBLISHED) {
      return this;
    }
    new Rules()
        .require(
            decoder == TEMPLATES,
            "designs of accelerator space %s are no templates: their costs are their own",
            name)
        .check();
    return new AcceleratorSpace(
        name + PUBLISHED, axes, AS_PUBLISHED, x -> published(x).name(), conditions);
  }

  /** Whether its designs are {@link Template}s, and its axes their parameters. */
  public boolean isOfTemplates() {
    return decoder == TEMPLATES || decoder == AS_PUBLISHED;
  }

  /** Whether its costs are the tables as published. */
  public boolean isPublished() {
    return decoder == AS_PUBLISHED;
  }

  private static Template published(ChosenValues x) {
    Template template = TemplateParameters.template(x);
    return template.technology(template.process().technology().asPublished());
  }

  /**
   * Only designs that keep a condition. Positions of a design that does not are those of the
   * nearest number that does, so that searches and encodings stay within the space.
   *
   * @param text as {@link #fingerprint} shows it, such as {@code pe_x * pe_y <= 256}
   */
  public AcceleratorSpace where(String text, Predicate<ChosenValues> holds) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(new Condition(text, holds));
    return new AcceleratorSpace(name, axes, decoder, labels, List.copyOf(all));
  }

  /** The texts of the conditions on its designs. */
  public List<String> conditions() {
    return conditions.stream().map(Condition::text).toList();
  }

  /**
   * Any space. A design is named after its values: {@code buffers:buffer_kb=54:word_bits=8}.
   *
   * @param name a word
   * @param decoder makes the accelerator of the chosen values; its name is replaced
   * @param axes the parameters that may be chosen
   */
  public static AcceleratorSpace of(
      String name, Function<ChosenValues, Accelerator> decoder, DesignAxis... axes) {
    Function<ChosenValues, String> labels =
        x ->
            x.byAxis().entrySet().stream()
                .map(e -> ":" + e.getKey() + "=" + DesignAxis.label(e.getValue()))
                .collect(Collectors.joining("", name, ""));
    return new AcceleratorSpace(
        name, List.of(axes), x -> decoder.apply(x).named(labels.apply(x)), labels, List.of());
  }

  /** Only arrays with these numbers of columns and rows. */
  public AcceleratorSpace pes(Integer... sides) {
    return keep(PE_X, (Object[]) sides).keep(PE_Y, (Object[]) sides);
  }

  /** Only register files with these numbers of words. */
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
   * @throws IllegalArgumentException if there is no such axis, or it lacks one of the values
   */
  public AcceleratorSpace keep(String axis, Object... values) {
    int position = axis(axis);
    DesignAxis whole = axes.get(position);
    List<Object> wanted = List.of(values);
    Rules rules = new Rules();
    for (Object value : wanted) {
      rules.require(
          whole.values().contains(value),
          "value %s is not on axis %s of accelerator space %s, which has %s",
          DesignAxis.label(value),
          axis,
          name,
          whole);
    }
    rules.check();
    List<DesignAxis> changed = new ArrayList<>(axes);
    changed.set(
        position, new DesignAxis(axis, whole.values().stream().filter(wanted::contains).toList()));
    return new AcceleratorSpace(name, changed, decoder, labels, conditions);
  }

  /** Name of the space; restrictions of it have the same. */
  public String name() {
    return name;
  }

  /** The axes, in order. */
  public List<DesignAxis> axes() {
    return axes;
  }

  /** Number of designs. */
  public int size() {
    return kept == null ? numbers.size : kept.length;
  }

  /** All designs by index, created lazily. */
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
      return AcceleratorSpace.this.size();
    }
  }

  /**
   * Area of every design in mm², {@code [designs]}. Of templates, designs that differ only in
   * parameters without area are assembled once.
   */
  public double[] areasMm2() {
    Map<Integer, Double> known = new HashMap<>();
    double[] areas = new double[size()];
    for (int i = 0; i < areas.length; i++) {
      int like = number(i);
      if (decoder == TEMPLATES) {
        int[] positions = numbers.positions(like);
        for (int a = 0; a < positions.length; a++) {
          positions[a] = TemplateParameters.hasArea(axes.get(a).name()) ? positions[a] : 0;
        }
        like = numbers.index(positions);
      }
      areas[i] = known.computeIfAbsent(like, n -> decoder.apply(chosen(n)).areaMm2());
    }
    return areas;
  }

  /**
   * Designs in which every pair of values of two axes occurs, all other axes at their first value;
   * with conditions, the kept ones that are nearest.
   *
   * @return indices of designs, {@code [n]}
   */
  public int[] pairs() {
    Set<Integer> found = new LinkedHashSet<>();
    for (int a = 0; a < axes.size(); a++) {
      for (int b = a; b < axes.size(); b++) {
        int[] positions = new int[axes.size()];
        for (int first = 0; first < axes.get(a).size(); first++) {
          for (int second = 0; second < axes.get(b).size(); second++) {
            positions[a] = first;
            positions[b] = second;
            found.add(index(positions));
          }
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The index of the design with these positions, {@code [axes]}. */
  public int index(int... positions) {
    return nearest(numbers.index(positions));
  }

  /** The index of the kept design whose number is nearest to this one. */
  private int nearest(int number) {
    int at = kept == null ? number : Arrays.binarySearch(kept, number);
    if (at >= 0) {
      return at;
    }
    int above = Math.min(-1 - at, kept.length - 1);
    int below = Math.max(above - 1, 0);
    return number - kept[below] <= Math.abs(kept[above] - number) ? below : above;
  }

  /** The positions of a design: {@code [axes]}. */
  public int[] positions(int index) {
    return numbers.positions(number(index));
  }

  private int number(int index) {
    return kept == null ? index : kept[Objects.checkIndex(index, kept.length)];
  }

  /** The values of a design. */
  public ChosenValues values(int index) {
    return chosen(number(index));
  }

  private ChosenValues chosen(int number) {
    int[] positions = numbers.positions(number);
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
    int named = TemplateParameters.positions(label, axes).map(this::index).orElse(-1);
    if (named >= 0 && label(named).equals(label)) {
      return named;
    }
    for (int i = 0; i < size(); i++) {
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
            + size()
            + " is "
            + label(size() / 2));
  }

  /** The index of a design drawn uniformly. */
  public int sample(RandomGenerator random) {
    return random.nextInt(size());
  }

  /** Length of an encoding: the number of values of all axes together. */
  public int encodingSize() {
    return numbers.offset(axes.size());
  }

  /** Offset of the values of an axis in an encoding. */
  public int offset(int axis) {
    return numbers.offset(axis);
  }

  /**
   * One-hot encoding of a design.
   *
   * @return {@code [encodingSize]}: for each axis, one element per value, 1 for the chosen one,
   *     otherwise 0
   */
  public double[] encode(int index) {
    return numbers.encode(number(index));
  }

  /**
   * The index of the most probable design: on each axis the largest value, the first of equal ones.
   *
   * @param encoding {@code [encodingSize]}: probabilities or any values
   */
  public int decode(double[] encoding) {
    return nearest(numbers.decode(encoding));
  }

  /**
   * One line that identifies axes and values: {@code dance: pe_x=8,9;…}. It does not cover the
   * decoder.
   */
  public String fingerprint() {
    String where = conditions.isEmpty() ? "" : ";where " + String.join(" and ", conditions());
    return name
        + ": "
        + axes.stream().map(DesignAxis::toString).collect(Collectors.joining(";", "", where));
  }

  @Override
  public String toString() {
    return fingerprint() + " (" + size() + " designs)";
  }

  private int axis(String axis) {
    List<String> names = axes.stream().map(DesignAxis::name).toList();
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
              + Nearest.maybe(axis, names));
    }
    return position;
  }
}
