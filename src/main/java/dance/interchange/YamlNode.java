package dance.interchange;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A typed view of a YAML node with its file, line and path.
 *
 * <p>Every getter reports problems to {@link Problems} and returns a valid fallback, so that one
 * pass finds all problems of a file. Keys may be written with hyphens or underscores, as in
 * Timeloop's versions.
 */
final class YamlNode {
  private final Node node;
  private final String file;
  private final String path;
  private final Problems problems;

  YamlNode(Node node, String file, String path, Problems problems) {
    this.node = node;
    this.file = file;
    this.path = path;
    this.problems = problems;
  }

  /** An entry of a mapping. */
  record Entry(String key, YamlNode value) {}

  /** File, line and path, the beginning of a message. */
  String at() {
    return file() + ":" + line() + ": " + (path.isEmpty() ? "document" : path);
  }

  String file() {
    return node.getStartMark().map(Mark::getName).orElse(file);
  }

  int line() {
    return YamlFile.line(node);
  }

  void problem(String message) {
    problems.add(at() + ": " + message);
  }

  void warn(String message) {
    problems.warn(at() + ": " + message);
  }

  /** An empty mapping in place of a missing one. */
  YamlNode none() {
    Node empty =
        new MappingNode(
            Tag.MAP, true, List.of(), FlowStyle.BLOCK, node.getStartMark(), node.getEndMark());
    return new YamlNode(empty, file, path, problems);
  }

  /** Warns once per key that this value is ignored. */
  void ignored(String key) {
    problems.warnOnce(key, at() + ": has no meaning here and is ignored");
  }

  /** Warns of the first occurrence of a kind, with the number of further ones. */
  void once(String kind, String message) {
    problems.warnOnce(kind, at() + ": " + message);
  }

  /** Warns once that sparsity is ignored. */
  void denseOnly() {
    problems.warnOnce("sparsity", at() + ": sparsity is not modelled: computed as dense");
  }

  /** The tag as written, such as {@code !Component}, or that of the kind of node. */
  String tag() {
    return node.getTag().getValue();
  }

  /** This mapping with the entries of another under keys that it does not have. */
  YamlNode over(YamlNode other) {
    if (!isMapping() || !other.isMapping()) {
      return this;
    }
    List<NodeTuple> all = new ArrayList<>(((MappingNode) node).getValue());
    for (NodeTuple tuple : ((MappingNode) other.node).getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || get(key.getValue()).isEmpty()) {
        all.add(tuple);
      }
    }
    Node joined =
        new MappingNode(
            Tag.MAP, true, all, FlowStyle.BLOCK, node.getStartMark(), node.getEndMark());
    return new YamlNode(joined, file, path, problems);
  }

  /** This mapping without these keys. */
  YamlNode without(Collection<String> keys) {
    List<NodeTuple> rest = new ArrayList<>(((MappingNode) node).getValue());
    rest.removeIf(t -> t.getKeyNode() instanceof ScalarNode k && keys.contains(k.getValue()));
    return new YamlNode(MergeKeys.withEntries((MappingNode) node, rest), file, path, problems);
  }

  /** This node on one line, all words in quotes. */
  String flow() {
    String tag = tag().startsWith("!") ? tag() + " " : "";
    if (isMapping()) {
      return entries().stream()
          .map(e -> quoted(e.key()) + ": " + e.value().flow())
          .collect(Collectors.joining(", ", tag + "{", "}"));
    }
    return isList()
        ? items().stream().map(YamlNode::flow).collect(Collectors.joining(", ", tag + "[", "]"))
        : tag + quoted(text());
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isScalar() {
    return node instanceof ScalarNode;
  }

  static String normal(String key) {
    return key.replace('-', '_');
  }

  /** Entries of a mapping in the order of the file. */
  List<Entry> entries() {
    if (!isMapping()) {
      problem("a mapping was expected, not " + kind());
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problem("a key was expected to be a word");
        continue;
      }
      String key = keyNode.getValue();
      entries.add(new Entry(key, new YamlNode(tuple.getValueNode(), file, child(key), problems)));
    }
    return entries;
  }

  /** The value under the first of these spellings of a key; others are ignored with a warning. */
  Optional<YamlNode> get(String... spellings) {
    YamlNode found = null;
    if (isMapping()) {
      for (String spelling : spellings) {
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
          if (tuple.getKeyNode() instanceof ScalarNode key
              && normal(key.getValue()).equals(normal(spelling))) {
            if (found == null) {
              found = new YamlNode(tuple.getValueNode(), file, child(key.getValue()), problems);
            } else {
              checkSame(found, key, tuple.getValueNode());
            }
          }
        }
      }
    }
    return Optional.ofNullable(found);
  }

  private void checkSame(YamlNode found, ScalarNode key, Node value) {
    YamlNode other = new YamlNode(value, file, child(key.getValue()), problems);
    boolean sameKey = found.path.equals(other.path);
    boolean sameValue = found.isScalar() && other.isScalar() && found.text().equals(other.text());
    if (!sameKey && !sameValue) {
      other.warn(
          "contradicts %s in line %d, which is taken, as Timeloop does"
              .formatted(found.path, found.line()));
    }
  }

  /** The value under a mandatory key. */
  Optional<YamlNode> require(String... spellings) {
    Optional<YamlNode> value = get(spellings);
    if (value.isEmpty()) {
      problem("key " + spellings[0] + " is missing");
    }
    return value;
  }

  /** Items of a list. */
  List<YamlNode> items() {
    if (!isList()) {
      problem("a list was expected, not " + kind());
      return List.of();
    }
    List<YamlNode> items = new ArrayList<>();
    for (Node item : ((SequenceNode) node).getValue()) {
      items.add(new YamlNode(item, file, path + "[" + items.size() + "]", problems));
    }
    return items;
  }

  /** A word or number as it is written. */
  String text() {
    if (!isScalar()) {
      problem("a word was expected, not " + kind());
      return "";
    }
    return ((ScalarNode) node).getValue().strip();
  }

  /** A whole number within bounds, else the fallback. */
  long integer(long least, long most, long fallback) {
    Optional<BigDecimal> number = number("a whole number");
    if (number.isEmpty()) {
      return fallback;
    }
    try {
      long value = number.get().longValueExact();
      if (value >= least && value <= most) {
        return value;
      }
    } catch (ArithmeticException fraction) {
      // Reported below, with the bounds.
    }
    String limits = most == Long.MAX_VALUE ? "at least " + least : least + " to " + most;
    problem("a whole number of " + limits + " was expected, not " + text());
    return fallback;
  }

  int positiveInt(int fallback) {
    return (int) integer(1, Integer.MAX_VALUE, fallback);
  }

  /** A finite number that is positive, or at least not negative, else the fallback. */
  double decimal(boolean zeroAllowed, double fallback) {
    Optional<BigDecimal> number = number("a number");
    if (number.isEmpty()) {
      return fallback;
    }
    double value = number.get().doubleValue();
    if (Double.isFinite(value) && (value > 0 || zeroAllowed && value == 0)) {
      return value;
    }
    problem(
        "a number "
            + (zeroAllowed ? "not below zero" : "above zero")
            + " was expected, not "
            + text());
    return fallback;
  }

  private Optional<BigDecimal> number(String expected) {
    if (isScalar() && text().length() <= 40) {
      try {
        BigDecimal number = new BigDecimal(text());
        // An exponent of nine digits would make longValueExact build a number of as many digits.
        if (Math.abs((long) number.scale()) <= 1000) {
          return Optional.of(number);
        }
      } catch (NumberFormatException word) {
        // Reported below.
      }
    }
    problem(expected + " was expected, not " + (isScalar() ? "'" + text() + "'" : kind()));
    return Optional.empty();
  }

  /** A boolean. */
  boolean yes(boolean fallback) {
    switch (isScalar() ? text().toLowerCase(Locale.ROOT) : "") {
      case "true", "yes", "on" -> {
        return true;
      }
      case "false", "no", "off" -> {
        return false;
      }
      default -> {
        problem("true or false was expected, not " + (isScalar() ? text() : kind()));
        return fallback;
      }
    }
  }

  /** Reports keys that are neither known nor ignored; the latter give one warning per key. */
  void onlyKeys(Collection<String> known, Collection<String> ignored) {
    keys(known, ignored, false);
  }

  /**
   * As {@link #onlyKeys}, where tools and their users add keys of their own: those are ignored with
   * a warning unless they resemble a known one.
   */
  void knownKeys(Collection<String> known, Collection<String> ignored) {
    keys(known, ignored, true);
  }

  private void keys(Collection<String> known, Collection<String> ignored, boolean othersAllowed) {
    Set<String> knownNormal = new LinkedHashSet<>();
    known.forEach(k -> knownNormal.add(normal(k)));
    Set<String> ignoredNormal = new LinkedHashSet<>();
    ignored.forEach(k -> ignoredNormal.add(normal(k)));
    for (Entry entry : entries()) {
      String key = normal(entry.key());
      if (ignoredNormal.contains(key)
          || othersAllowed && !knownNormal.contains(key) && !misspelled(key, knownNormal)) {
        entry.value().ignored(key);
      } else if (!knownNormal.contains(key)) {
        Set<String> all = new TreeSet<>(knownNormal);
        all.addAll(ignoredNormal);
        entry.value().problem("unknown key" + Problems.maybe(key, all));
      }
    }
  }

  /** Whether a key resembles a known one and is no word of its own around it, as in DAC_width. */
  private static boolean misspelled(String key, Set<String> known) {
    String lower = key.toLowerCase(Locale.ROOT);
    return !Problems.maybe(key, known).isEmpty()
        && known.stream()
            .noneMatch(k -> k.length() > 3 && lower.contains(k) && key.length() != k.length() + 1);
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String kind() {
    return isMapping() ? "a mapping" : isList() ? "a list" : "'" + text() + "'";
  }
}
