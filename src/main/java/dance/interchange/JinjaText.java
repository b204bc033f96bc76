package dance.interchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jinja templates in others' YAML files, as far as these use them: {@code {{…}}} with an {@link
 * Expression}, {@code set}, {@code if}, {@code for}, {@code assert}, and the functions of their
 * front ends: {@code include_text(file)}, {@code include(file, 'key.key')}, {@code
 * include_all('*.yaml', key)}, {@code add_to_path}, {@code find_path}, {@code path_exists}, {@code
 * cwd}.
 *
 * <p>A file is looked for in the folder of the file that names it, on the path, and in the folders
 * above, there also under {@code include} and {@code _include}. Only YAML files are included.
 */
final class JinjaText {
  private static final Pattern MARK =
      Pattern.compile("(?s)\\{#.*?#}|\\{%([-+]?)(.*?)([-+]?)%}|\\{\\{(-?)(.*?)(-?)}}");
  private static final Pattern SET = Pattern.compile("(?s)set\\s+(\\w+)\\s*=\\s*(.*)");
  private static final Pattern FOR = Pattern.compile("(?s)for\\s+(\\w+)\\s+in\\s+(.*)");
  private static final int MAX_INCLUDES = 64;
  private static final int MAX_NESTED = 8;
  private static final int MAX_STEPS = 20_000;

  /** What is open: an {@code if} or a {@code for}, and whether its lines stand. */
  private record Open(String kind, boolean stands, boolean done) {}

  /** A piece of text, or a statement or expression between marks. */
  private record Piece(String kind, String text) {}

  private final Path top;
  private final Set<Path> path = new LinkedHashSet<>();
  private final Map<String, Object> names = new HashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private Path current;
  private int includes;
  private int nested;
  private int steps;

  private JinjaText(Path file) {
    top = file.toAbsolutePath().getParent();
    current = top;
    function("cwd", a -> top.toString());
    function("add_to_path", a -> path.add(top.resolve(text(a))) ? "" : "");
    function("find_path", a -> found(text(a)).map(Path::toString).orElse(text(a)));
    function("path_exists", a -> found(text(a)).isPresent());
    function("include_text", a -> included(text(a)));
    function("include", a -> section(read(text(a)), a));
    function("include_all", this::all);
  }

  private void function(String name, Function<List<Object>, Object> function) {
    names.put(name, function);
  }

  private static String text(List<Object> given) {
    return Expression.text(given.get(0));
  }

  /**
   * The text with its templates filled in.
   *
   * @throws IllegalArgumentException if one cannot be filled in; the message names it
   */
  static String filled(Path file, String text) {
    return filled(file, text, Map.of());
  }

  /** Whether a text has templates. */
  static boolean isTemplate(String text) {
    return MARK.matcher(text).find();
  }

  /**
   * The text with its templates filled in.
   *
   * @param sizes by the names that the templates leave open
   * @throws IllegalArgumentException if one cannot be filled in, or no template asks for a size;
   *     the message names it
   */
  static String filled(Path file, String text, Map<String, Integer> sizes) {
    if (!isTemplate(text)) {
      return text;
    }
    try {
      JinjaText template = new JinjaText(file);
      sizes.forEach((name, size) -> template.names.put(name, (double) size));
      String filled = template.fill(text);
      List<String> unused = new ArrayList<>(sizes.keySet());
      unused.removeAll(template.asked);
      if (!unused.isEmpty()) {
        throw new IllegalArgumentException("no template asks for " + String.join(", ", unused));
      }
      return filled;
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(file.getFileName() + ": " + wrong.getMessage(), wrong);
    }
  }

  private String fill(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher mark = MARK.matcher(text);
    int from = 0;
    boolean trim = false;
    while (mark.find()) {
      String before = text.substring(from, mark.start());
      boolean strip = "-".equals(mark.group(1)) || "-".equals(mark.group(4));
      before = trim ? before.stripLeading() : before;
      pieces.add(new Piece("", strip ? before.stripTrailing() : before));
      if (mark.group(2) != null) {
        pieces.add(new Piece("%", mark.group(2).strip()));
      } else if (mark.group(5) != null) {
        pieces.add(new Piece("{", mark.group(5).strip()));
      }
      trim = "-".equals(mark.group(3)) || "-".equals(mark.group(6));
      from = mark.end();
    }
    pieces.add(new Piece("", trim ? text.substring(from).stripLeading() : text.substring(from)));
    StringBuilder out = new StringBuilder();
    run(pieces, 0, pieces.size(), out);
    return out.toString();
  }

  /** Runs the pieces of one level; a loop runs those inside of it again. */
  private void run(List<Piece> pieces, int from, int to, StringBuilder out) {
    List<Open> open = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (++steps > MAX_STEPS || out.length() > YamlFile.MAX_BYTES) {
        throw new IllegalArgumentException("a template makes too much text");
      }
      Piece piece = pieces.get(i);
      boolean stands = open.stream().allMatch(Open::stands);
      if (!piece.kind.equals("%")) {
        if (stands) {
          out.append(piece.kind.isEmpty() ? piece.text : shown(piece.text));
        }
        continue;
      }
      String word = piece.text.split("[\\s(]", 2)[0];
      String rest = piece.text.substring(word.length()).strip();
      Open last = open.isEmpty() ? null : open.get(open.size() - 1);
      switch (word) {
        case "if" -> {
          boolean yes = stands && Expression.truth(value(rest));
          open.add(new Open("if", yes, yes));
        }
        case "elif", "else" -> {
          need(last != null, piece);
          open.remove(open.size() - 1);
          boolean outside = open.stream().allMatch(Open::stands);
          boolean yes =
              outside && !last.done && (word.equals("else") || Expression.truth(value(rest)));
          open.add(new Open("if", yes, yes || last.done));
        }
        case "endif" -> {
          need(last != null, piece);
          open.remove(open.size() - 1);
        }
        case "for" -> {
          int end = end(pieces, i, to);
          if (stands) {
            loop(piece, pieces, i + 1, end, out);
          }
          i = end;
        }
        case "set" -> {
          Matcher set = SET.matcher(piece.text);
          need(set.matches(), piece);
          if (stands) {
            names.put(set.group(1), value(set.group(2)));
          }
        }
        case "assert" -> {}
        default -> need(false, piece);
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("a template's if has no endif");
    }
  }

  private void loop(Piece piece, List<Piece> pieces, int from, int to, StringBuilder out) {
    Matcher loop = FOR.matcher(piece.text);
    need(loop.matches() && value(loop.group(2)) instanceof List, piece);
    for (Object item : (List<?>) value(loop.group(2))) {
      names.put(loop.group(1), item);
      run(pieces, from, to, out);
    }
  }

  private static int end(List<Piece> pieces, int from, int to) {
    int depth = 0;
    for (int i = from; i < to; i++) {
      boolean statement = pieces.get(i).kind.equals("%");
      depth += statement && pieces.get(i).text.startsWith("for ") ? 1 : 0;
      depth -= statement && pieces.get(i).text.equals("endfor") ? 1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a template's for has no endfor");
  }

  private static void need(boolean known, Piece piece) {
    if (!known) {
      throw new IllegalArgumentException(
          "the template {%% %s %%} is not read here. Maybe read what the front end makes of it."
              .formatted(piece.text));
    }
  }

  /** What stands for an expression; Jinja's empty text for an unknown name would hide a mistake. */
  private String shown(String expression) {
    Object value = value(expression);
    if (value == Expression.UNDEFINED) {
      throw new IllegalArgumentException(
          "the template {{%s}} is not filled in: it is not known here. Maybe give a size: --dimension NAME=SIZE"
              .formatted(expression));
    }
    return Expression.text(value);
  }

  private Object value(String expression) {
    try {
      return Expression.value(expression, this::name, true);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "the template %s is not filled in: %s".formatted(expression, unknown.getMessage()),
          unknown);
    }
  }

  private Object name(String name) {
    asked.add(name);
    return names.get(name);
  }

  private java.util.Optional<Path> found(String name) {
    List<Path> places = new ArrayList<>(List.of(current));
    places.addAll(path);
    for (Path above = current; above != null && places.size() < 40; above = above.getParent()) {
      places.add(above);
      places.add(above.resolve("include"));
      places.add(above.resolve("_include"));
    }
    return places.stream().map(p -> p.resolve(name).normalize()).filter(Files::exists).findFirst();
  }

  private Path readable(String name) {
    Path file = found(name).orElse(null);
    if (file == null
        || !file.toString().matches("(?si).*\\.ya?ml(\\.(jinja2?|j2))?")
        || !Files.isRegularFile(file)) {
      throw new IllegalArgumentException(name + " is no YAML file there");
    }
    if (++includes > MAX_INCLUDES || nested >= MAX_NESTED) {
      throw new IllegalArgumentException("includes more than " + MAX_INCLUDES + " files");
    }
    return file;
  }

  private String included(String name) {
    return filled(readable(name));
  }

  private String filled(Path file) {
    Path before = current;
    try {
      current = file.toAbsolutePath().getParent();
      nested++;
      if (Files.size(file) > YamlFile.MAX_BYTES) {
        throw new IllegalArgumentException(
            file + " has " + Files.size(file) + " bytes: at most " + YamlFile.MAX_BYTES);
      }
      return fill(Files.readString(file));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          file + " cannot be read: " + unreadable.getMessage(), unreadable);
    } finally {
      current = before;
      nested--;
    }
  }

  private YamlNode read(String name) {
    Path file = readable(name);
    return YamlFile.parse(file.getFileName().toString(), filled(file), new Problems());
  }

  private static String section(YamlNode root, List<Object> given) {
    YamlNode node = root;
    for (Object keys : given.subList(1, given.size())) {
      for (String key : Expression.text(keys).split("\\.")) {
        node = node.require(key).orElseThrow(() -> missing(root, key));
      }
    }
    return node.flow();
  }

  private static IllegalArgumentException missing(YamlNode root, String key) {
    return new IllegalArgumentException(root.file() + " has no " + key);
  }

  private Object all(List<Object> given) {
    String pattern = text(given);
    int slash = pattern.lastIndexOf('/') + 1;
    Path folder = found(slash == 0 ? "." : pattern.substring(0, slash)).orElse(current);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml"))
          .sorted()
          .map(f -> section(read(f.toString()), given))
          .map(list -> list.replaceFirst("(?s)^\\[(.*)]$", "$1"))
          .collect(Collectors.joining(", ", "[", "]"));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(folder + " cannot be read", unreadable);
    }
  }
}
