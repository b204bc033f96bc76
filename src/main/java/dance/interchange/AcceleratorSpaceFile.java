package dance.interchange;

import dance.accelerator.Dataflow;
import dance.accelerator.Dram;
import dance.check.Library;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.TemplateParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Accelerator spaces as YAML: axes over the {@linkplain TemplateParameters parameters} of
 * templates, each a list, a range or one value, and conditions on their values:
 *
 * <pre>
 * space: small
 * axes:
 *   pe_x: 8..24 step 4
 *   pe_y: 8..24 step 4
 *   rf: [16, 32]
 *   dataflow: [ws, rs]
 *   word_bits: 8
 * conditions:
 * - pe_x * pe_y &lt;= 256
 * </pre>
 */
public final class AcceleratorSpaceFile {
  private static final Pattern RANGE =
      Pattern.compile("(\\d{1,9})\\s*\\.\\.\\s*(\\d{1,9})(?:\\s+step\\s+([1-9]\\d{0,8}))?");

  private static final int MAX_VALUES = 10_000;

  private AcceleratorSpaceFile() {}

  /**
   * Reads a space.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static AcceleratorSpace read(Path file) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(file, problems);
    root.onlyKeys(List.of("space", "axes", "conditions"), List.of());
    String name = root.require("space").map(YamlNode::text).orElse("space");
    List<DesignAxis> axes = new ArrayList<>();
    for (YamlNode.Entry axis : root.require("axes").map(YamlNode::entries).orElse(List.of())) {
      if (!TemplateParameters.names().contains(axis.key())) {
        axis.value()
            .problem(
                "unknown parameter, only %s are there%s"
                    .formatted(
                        String.join(", ", TemplateParameters.names()),
                        Problems.maybe(axis.key(), TemplateParameters.names())));
        continue;
      }
      List<Object> values = values(axis.key(), axis.value());
      try {
        axes.add(new DesignAxis(axis.key(), values));
      } catch (IllegalArgumentException wrong) {
        axis.value().problem(wrong.getMessage());
      }
    }
    List<YamlNode> conditions = root.get("conditions").map(YamlNode::items).orElse(List.of());
    if (!problems.any()) {
      conditions.forEach(condition -> check(condition, axes));
    }
    return problems
        .finish(
            root.file(),
            () -> {
              AcceleratorSpace space = AcceleratorSpace.templates(name, axes);
              for (YamlNode condition : conditions) {
                String text = condition.text();
                space = space.where(text, x -> holds(text, x.byAxis()));
              }
              return space;
            })
        .value();
  }

  /** Whether a file is meant as one of an accelerator space: it has axes. */
  public static boolean isOne(Path file) {
    return YamlFile.read(file, new Problems()).get("axes").isPresent();
  }

  private static void check(YamlNode condition, List<DesignAxis> axes) {
    Map<String, Object> first = new HashMap<>();
    axes.forEach(axis -> first.put(axis.name(), axis.values().get(0)));
    try {
      holds(condition.text(), first);
    } catch (IllegalArgumentException wrong) {
      String unknown = wrong.getMessage().replaceFirst(" is not known$", "");
      condition.problem(wrong.getMessage() + Problems.maybe(unknown, first.keySet()));
    }
  }

  private static boolean holds(String text, Map<String, Object> values) {
    return Expression.truth(Expression.value(text, name -> plain(values.get(name)), false));
  }

  private static Object plain(Object value) {
    return value instanceof Number number
        ? (Object) number.doubleValue()
        : value == null || value instanceof Boolean ? value : word(value);
  }

  private static List<Object> values(String axis, YamlNode node) {
    List<Object> values = new ArrayList<>();
    Matcher range = RANGE.matcher(node.isScalar() ? node.text() : "");
    if (range.matches()) {
      int to = Integer.parseInt(range.group(2));
      int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
      for (long v = Integer.parseInt(range.group(1)); v <= to; v += step) {
        values.add((int) v);
        if (values.size() > MAX_VALUES) {
          node.problem("more than " + MAX_VALUES + " values");
          break;
        }
      }
      return values;
    }
    for (YamlNode item : node.isList() ? node.items() : List.of(node)) {
      values.add(value(axis, item));
    }
    return values;
  }

  private static Object value(String axis, YamlNode item) {
    switch (axis) {
      case "dataflow" -> {
        return one(item, Dataflow.values());
      }
      case "dram" -> {
        return one(item, Dram.values());
      }
      case "overheads" -> {
        return item.yes(true);
      }
      default -> {
        double number = item.decimal(false, 1);
        boolean whole = number == Math.rint(number) && number <= Integer.MAX_VALUE;
        return whole ? (Object) (int) number : number;
      }
    }
  }

  private static Object one(YamlNode item, Object[] values) {
    List<String> words = Arrays.stream(values).map(AcceleratorSpaceFile::word).toList();
    int found = words.indexOf(item.text().toLowerCase(Locale.ROOT));
    if (found < 0) {
      item.problem(
          "%s is not one of %s%s"
              .formatted(
                  item.text(), String.join(", ", words), Problems.maybe(item.text(), words)));
    }
    return values[Math.max(found, 0)];
  }

  private static String word(Object value) {
    return value instanceof Dataflow dataflow
        ? dataflow.label()
        : value.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * The text of a file that {@link #read} reads as this space of templates.
   *
   * @throws IllegalArgumentException if it has other axes
   */
  public static String write(AcceleratorSpace space) {
    AcceleratorSpace.templates(space.name(), space.axes());
    String axes =
        space.axes().stream()
            .map(axis -> "  " + axis.name() + ": " + text(axis.values()) + "\n")
            .collect(Collectors.joining());
    String conditions =
        space.conditions().stream()
            .map(c -> "- '" + c.replace("'", "''") + "'\n")
            .collect(Collectors.joining());
    return "space: %s\naxes:\n%s%s"
        .formatted(
            NetworkSpaceFile.quoted(space.name()),
            axes,
            conditions.isEmpty() ? "" : "conditions:\n" + conditions);
  }

  private static String text(List<Object> values) {
    if (values.size() > 3 && values.stream().allMatch(v -> v instanceof Integer)) {
      int first = (Integer) values.get(0);
      int step = (Integer) values.get(1) - first;
      boolean even = step > 0;
      for (int i = 0; i < values.size(); i++) {
        even &= values.get(i).equals(first + i * step);
      }
      if (even) {
        return first + ".." + values.get(values.size() - 1) + (step == 1 ? "" : " step " + step);
      }
    }
    return values.stream()
        .map(AcceleratorSpaceFile::word)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
