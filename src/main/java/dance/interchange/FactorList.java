package dance.interchange;

import dance.workload.Einsum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Loop bounds in Timeloop's notation: {@code C=1 M=4}, {@code C1 M4}, {@code R=3,P=16}, {@code
 * P=4,2} (four iterations, two in the last pass), {@code C<=8} in constraints; or a YAML list or
 * mapping of these.
 *
 * @param exact bound of each dimension given with {@code =}
 * @param atMost bound of each dimension given with {@code <=}
 */
record FactorList(Map<String, Factor> exact, Map<String, Integer> atMost) {
  private static final Pattern FACTOR =
      Pattern.compile(
          "(?:([A-Za-z_]\\w*)\\s*(<=|=)\\s*|([A-Za-z_]+)\\s*)(-?\\d+)(?:,(-?\\d+))?(?=[\\s,;]|$)");

  /**
   * A loop bound.
   *
   * @param bound iterations
   * @param last iterations of the last pass; fewer than the bound where the factor is imperfect
   */
  record Factor(int bound, int last) {}

  /**
   * The factors of a directive; all errors are added to the problems of the node. A bound of 0 is
   * the whole dimension, as in Timeloop.
   *
   * @param constraint whether a bound may exceed its dimension, and -1 ("the rest") omits the
   *     dimension
   */
  static FactorList read(YamlNode node, Einsum einsum, boolean constraint) {
    FactorList list = new FactorList(new LinkedHashMap<>(), new LinkedHashMap<>());
    String text = text(node);
    List<String> names = einsum.dimensions().stream().map(Einsum.Loop::dimension).toList();
    int comment = text.indexOf('#');
    String rest = (comment < 0 ? text : text.substring(0, comment)).strip();
    Matcher matcher = FACTOR.matcher(rest);
    int from = 0;
    while (from < rest.length()) {
      matcher.region(from, rest.length());
      if (!matcher.lookingAt()) {
        node.problem(
            "factors such as C=2 M=4 were expected, not '"
                + rest.substring(from, Math.min(rest.length(), from + 40))
                + "'");
        return list;
      }
      list.add(matcher, node, einsum, names, constraint);
      from = matcher.end();
      while (from < rest.length() && " \t\r\n,;".indexOf(rest.charAt(from)) >= 0) {
        from++;
      }
    }
    return list;
  }

  private static String text(YamlNode node) {
    if (node.isList()) {
      return node.items().stream().map(YamlNode::text).collect(Collectors.joining(" "));
    }
    if (node.isMapping()) {
      return node.entries().stream()
          .map(e -> e.key() + "=" + e.value().text())
          .collect(Collectors.joining(" "));
    }
    return node.text();
  }

  private void add(
      Matcher matcher, YamlNode node, Einsum einsum, List<String> names, boolean constraint) {
    String dimension = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
    String written = matcher.group();
    if (!names.contains(dimension)) {
      node.problem("unknown dimension " + dimension + Problems.maybe(dimension, names));
      return;
    }
    long given = number(matcher.group(4));
    long bound = given == 0 ? einsum.bound(dimension) : given;
    long last = matcher.group(5) == null ? bound : number(matcher.group(5));
    boolean most = "<=".equals(matcher.group(2));
    if (exact.containsKey(dimension) || atMost.containsKey(dimension)) {
      node.problem("dimension " + dimension + " is given twice");
    } else if (constraint && !most && bound == -1) {
      return;
    } else if (bound < 1 || bound > einsum.bound(dimension) && !constraint || bound > 1 << 30) {
      node.problem(
          String.format(
              "factor %s is not possible: 1 to %d was expected", written, einsum.bound(dimension)));
    } else if (last < 1 || last > bound || most && last != bound) {
      node.problem(
          String.format("remainder of %s is not possible: 1 to %d was expected", written, bound));
    } else if (most) {
      atMost.put(dimension, (int) bound);
    } else {
      exact.put(dimension, new Factor((int) bound, (int) last));
    }
  }

  /** The number, or one that is larger than any bound. */
  private static long number(String digits) {
    return digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
