package dance.interchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arithmetic of others' files, the subset of Python and Jinja that they use: numbers, strings,
 * lists, names, {@code + - * / // % ** ~}, comparisons, {@code and or not in}, {@code a if c else
 * b}, {@code is defined}, {@code |default(…)}, elements by {@code .key} and {@code [key]}, and a
 * closed set of functions. Values are Double, String, Boolean, List and Map, nothing else: no
 * expression makes an object or reaches one.
 */
final class Expression {
  /** A value that is not there; in Jinja it counts as false. */
  static final Object UNDEFINED = new Object();

  private static final int MAX_LENGTH = 4000;
  private static final int MAX_DEPTH = 50;
  private static final int MAX_SIZE = 100_000;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\\d+\\.?\\d*(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?)"
              + "|'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\""
              + "|([A-Za-z_]\\w*)|(\\*\\*|//|==|!=|<=|>=|[-+*/%~<>()\\[\\],.|{}:]))");

  private final List<String> tokens = new ArrayList<>();
  private final Function<String, Object> names;
  private final boolean lenient;
  private int next;
  private int depth;

  private Expression(String text, Function<String, Object> names, boolean lenient) {
    this.names = names;
    this.lenient = lenient;
    Matcher token = TOKEN.matcher(text);
    int end = text.stripTrailing().length();
    for (int at = 0; at < end; at = token.end()) {
      token.region(at, end);
      if (end > MAX_LENGTH || !token.lookingAt()) {
        throw new IllegalArgumentException("'" + clipped(text) + "' is no expression");
      }
      String quoted = token.group(2) != null ? token.group(2) : token.group(3);
      tokens.add(quoted != null ? "'" + quoted.replaceAll("\\\\(.)", "$1") : token.group().strip());
    }
    tokens.add("");
  }

  /**
   * The value of an expression.
   *
   * @param names values by name, and functions of a list of arguments; null where there is none
   * @param lenient whether a name that is not known is {@link #UNDEFINED}, as in Jinja
   * @throws IllegalArgumentException if it has none; the message says why
   */
  static Object value(String text, Function<String, Object> names, boolean lenient) {
    try {
      Expression expression = new Expression(text, names, lenient);
      Object value = expression.choice();
      expression.expect("");
      return value;
    } catch (ClassCastException | IndexOutOfBoundsException mixed) {
      throw new IllegalArgumentException("'" + clipped(text) + "' has no value", mixed);
    }
  }

  /** A value as the text of a YAML scalar or of a flow list. */
  static String text(Object value) {
    if (value instanceof Double number) {
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
      return whole ? String.valueOf(number.longValue()) : number.toString();
    }
    if (value instanceof Boolean yes) {
      return yes ? "True" : "False";
    }
    return value == UNDEFINED ? "" : String.valueOf(value);
  }

  /** Whether a value counts as true. */
  static boolean truth(Object value) {
    return !(value == UNDEFINED
        || value.equals(false)
        || value.equals(0.0)
        || value.equals("")
        || value instanceof List<?> list && list.isEmpty());
  }

  private static String clipped(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text.strip();
  }

  private boolean take(String token) {
    boolean there = tokens.get(next).equals(token);
    next += there ? 1 : 0;
    return there;
  }

  private String takeOne(List<String> operators) {
    String token = tokens.get(next);
    if (!operators.contains(token)) {
      return null;
    }
    next++;
    return token;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new IllegalArgumentException(
          "'%s' was not expected in an expression".formatted(clipped(tokens.get(next))));
    }
  }

  private Object choice() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("an expression is nested more than " + MAX_DEPTH);
    }
    Object value = either();
    if (take("if")) {
      boolean yes = truth(either());
      Object other = take("else") ? choice() : UNDEFINED;
      value = yes ? value : other;
    }
    depth--;
    return value;
  }

  private Object either() {
    Object value = both();
    while (take("or")) {
      Object other = both();
      value = truth(value) ? value : other;
    }
    return value;
  }

  private Object both() {
    Object value = negation();
    while (take("and")) {
      Object other = negation();
      value = truth(value) ? other : value;
    }
    return value;
  }

  private Object negation() {
    return take("not") ? (Object) !truth(negation()) : comparison();
  }

  private Object comparison() {
    Object value = joined();
    while (true) {
      String operator = takeOne(List.of("==", "!=", "<=", ">=", "<", ">", "in", "not", "is"));
      if (operator == null) {
        return value;
      }
      if (operator.equals("is")) {
        boolean negated = take("not");
        if (take("defined")) {
          value = (value != UNDEFINED) != negated;
        } else {
          value = joined().equals(value) != negated;
        }
        continue;
      }
      if (operator.equals("not")) {
        expect("in");
      }
      Object other = joined();
      value =
          switch (operator) {
            case "==" -> value.equals(other);
            case "!=" -> !value.equals(other);
            case "in" -> contains(other, value);
            case "not" -> !contains(other, value);
            case "<" -> number(value) < number(other);
            case ">" -> number(value) > number(other);
            case "<=" -> number(value) <= number(other);
            default -> number(value) >= number(other);
          };
    }
  }

  private static boolean contains(Object all, Object value) {
    return all instanceof String text
        ? text.contains(text(value))
        : all instanceof Map<?, ?> map ? map.containsKey(value) : ((List<?>) all).contains(value);
  }

  private Object joined() {
    Object value = sum();
    while (take("~")) {
      value = bounded(text(value) + text(sum()));
    }
    return value;
  }

  private Object sum() {
    Object value = product();
    for (String o = takeOne(List.of("+", "-")); o != null; o = takeOne(List.of("+", "-"))) {
      Object other = product();
      if (o.equals("-")) {
        value = number(value) - number(other);
      } else if (value instanceof String text) {
        value = bounded(text + (String) other);
      } else if (value instanceof List<?> list) {
        List<Object> all = new ArrayList<>(list);
        all.addAll((List<?>) other);
        value = bounded(all);
      } else {
        value = number(value) + number(other);
      }
    }
    return value;
  }

  private Object product() {
    List<String> operators = List.of("*", "/", "//", "%");
    Object value = signed();
    for (String o = takeOne(operators); o != null; o = takeOne(operators)) {
      Object other = signed();
      if (o.equals("*") && value instanceof List<?> list) {
        List<Object> all = new ArrayList<>();
        for (double i = 0; i < number(other); i++) {
          all.addAll(list);
          bounded(all);
        }
        value = all;
        continue;
      }
      double a = number(value);
      double b = number(other);
      value =
          switch (o) {
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            default -> a - b * Math.floor(a / b);
          };
    }
    return value;
  }

  private Object signed() {
    if (take("-")) {
      return -number(signed());
    }
    return take("+") ? signed() : power();
  }

  private Object power() {
    Object value = element();
    return take("**") ? (Object) Math.pow(number(value), number(signed())) : value;
  }

  private Object element() {
    Object value = atom();
    while (true) {
      if (take(".")) {
        value = at(value, name());
      } else if (take("[")) {
        Object key = choice();
        expect("]");
        value = at(value, key);
      } else if (take("(")) {
        value = call(value, arguments(")"));
      } else if (take("|")) {
        String filter = name();
        List<Object> given = new ArrayList<>(List.of(value));
        if (take("(")) {
          given.addAll(arguments(")"));
        }
        if (filter.equals("default")) {
          value = value == UNDEFINED ? given.size() > 1 ? given.get(1) : "" : value;
        } else if (!filter.equals("indent")) {
          value = call(named(filter), given);
        }
      } else {
        return value;
      }
    }
  }

  private Object atom() {
    String token = tokens.get(next++);
    if (token.startsWith("'")) {
      return token.substring(1);
    }
    if (token.matches("[.\\d].*") && !token.equals(".")) {
      return Double.valueOf(token);
    }
    switch (token) {
      case "(" -> {
        Object value = choice();
        expect(")");
        return value;
      }
      case "[" -> {
        return arguments("]");
      }
      case "{" -> {
        expect("}");
        return Map.of();
      }
      case "True", "true" -> {
        return true;
      }
      case "False", "false" -> {
        return false;
      }
      case "None", "none", "null" -> {
        return UNDEFINED;
      }
      default -> {
        next--;
        return named(name());
      }
    }
  }

  private Object named(String name) {
    Object value = names.apply(name);
    if (value == null) {
      value = FUNCTIONS.get(name);
    }
    if (value == null && !lenient) {
      throw new IllegalArgumentException(name + " is not known");
    }
    return value == null ? UNDEFINED : value;
  }

  private String name() {
    String token = tokens.get(next);
    if (!token.matches("[A-Za-z_]\\w*")) {
      expect("a name");
    }
    next++;
    return token;
  }

  private List<Object> arguments(String close) {
    List<Object> all = new ArrayList<>();
    while (!take(close)) {
      all.add(choice());
      if (!take(",")) {
        expect(close);
        break;
      }
    }
    return all;
  }

  private Object at(Object value, Object key) {
    Object found = UNDEFINED;
    if (value instanceof List<?> list) {
      found = list.get((int) number(key));
    } else if (value instanceof Map<?, ?> map) {
      Object there = map.get(key);
      found = there != null ? there : UNDEFINED;
      if (there == null && key.equals("get")) {
        Function<List<Object>, Object> get =
            a ->
                map.containsKey(a.get(0)) ? map.get(a.get(0)) : a.size() > 1 ? a.get(1) : UNDEFINED;
        return get;
      }
    }
    if (found == UNDEFINED && !lenient) {
      throw new IllegalArgumentException(text(key) + " is not known");
    }
    return found;
  }

  @SuppressWarnings("unchecked") // only the functions of this package are values
  private static Object call(Object function, List<Object> given) {
    if (!(function instanceof Function)) {
      throw new IllegalArgumentException("a function is called that is not read here");
    }
    return ((Function<List<Object>, Object>) function).apply(given);
  }

  private static <T> T bounded(T value) {
    int size = value instanceof String text ? text.length() : ((List<?>) value).size();
    if (size > MAX_SIZE) {
      throw new IllegalArgumentException("an expression has more than " + MAX_SIZE + " elements");
    }
    return value;
  }

  private static double number(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? 1 : 0;
    }
    if (value instanceof String text && text.matches("[-+\\d.eE]+")) {
      return Double.parseDouble(text);
    }
    if (value instanceof Double number) {
      return number;
    }
    throw new IllegalArgumentException(
        (value == UNDEFINED ? "an undefined value" : "'" + clipped(text(value)) + "'")
            + " is no number");
  }

  private static final Map<String, Function<List<Object>, Object>> FUNCTIONS = new HashMap<>();

  private static void unary(String name, Function<Double, Object> function) {
    FUNCTIONS.put(name, a -> function.apply(number(a.get(0))));
  }

  private static List<Object> flat(List<Object> given) {
    return given.size() == 1 && given.get(0) instanceof List<?> list
        ? new ArrayList<>(list)
        : given;
  }

  static {
    unary("ceil", Math::ceil);
    unary("floor", Math::floor);
    unary("round", Math::rint);
    unary("sqrt", Math::sqrt);
    unary("abs", Math::abs);
    unary("int", x -> x < 0 ? Math.ceil(x) : Math.floor(x));
    unary("float", x -> x);
    unary("log2", x -> Math.log(x) / Math.log(2));
    unary("exp", Math::exp);
    FUNCTIONS.put("str", a -> text(a.get(0)));
    FUNCTIONS.put("dict", a -> Map.of());
    FUNCTIONS.put("len", a -> (double) (a.get(0) instanceof String s ? s.length() : size(a)));
    FUNCTIONS.put("length", FUNCTIONS.get("len"));
    FUNCTIONS.put(
        "log", a -> Math.log(number(a.get(0))) / (a.size() > 1 ? Math.log(number(a.get(1))) : 1));
    FUNCTIONS.put("pow", a -> Math.pow(number(a.get(0)), number(a.get(1))));
    FUNCTIONS.put("min", a -> flat(a).stream().mapToDouble(Expression::number).min().orElseThrow());
    FUNCTIONS.put("max", a -> flat(a).stream().mapToDouble(Expression::number).max().orElseThrow());
    FUNCTIONS.put("sum", a -> flat(a).stream().mapToDouble(Expression::number).sum());
    FUNCTIONS.put("any", a -> flat(a).stream().anyMatch(Expression::truth));
    FUNCTIONS.put("all", a -> flat(a).stream().allMatch(Expression::truth));
    FUNCTIONS.put(
        "range",
        a -> {
          double from = a.size() > 1 ? number(a.get(0)) : 0;
          double to = number(a.get(a.size() > 1 ? 1 : 0));
          List<Object> all = new ArrayList<>();
          for (double i = from; i < to; i++) {
            all.add(i);
            bounded(all);
          }
          return all;
        });
  }

  private static int size(List<Object> given) {
    return given.get(0) instanceof Map<?, ?> map ? map.size() : ((List<?>) given.get(0)).size();
  }
}
