package dance.notebook.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Javadoc of this toolkit, from the index that the build makes of its sources ({@code
 * src/build/java/JavadocIndex.java}); JShell finds that of the JDK itself.
 */
final class Javadocs {
  /** Resource next to this class, if the build has made it. */
  private static final String INDEX = "javadoc.index";

  /** A method or constructor in JShell's notation: return type, name, parameters. */
  private static final Pattern METHOD = Pattern.compile("(?:.*\\s)?([\\w.]+)\\((.*)\\)[^()]*");

  /** A type, a field or a variable: the last name. */
  private static final Pattern NAME = Pattern.compile("(?:.*\\s)?([\\w.]+)(?:<.*>)?");

  /** Texts by the last part of a name, each with its qualified name. */
  private final Map<String, List<Entry>> entries = new HashMap<>();

  /** A qualified name and its text. */
  private record Entry(String name, String text) {}

  private Javadocs() {}

  /** The index in the jar; empty if there is none. */
  static Javadocs bundled() {
    try (InputStream index = Javadocs.class.getResourceAsStream(INDEX)) {
      return index == null ? new Javadocs() : read(index);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Those of an index. */
  static Javadocs read(InputStream index) throws IOException {
    Javadocs docs = new Javadocs();
    BufferedReader lines = new BufferedReader(new InputStreamReader(index, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int tab = line.indexOf('\t');
      Entry entry = new Entry(line.substring(0, tab), line.substring(tab + 1).replace("\\n", "\n"));
      docs.entries.computeIfAbsent(last(entry.name()), key -> new ArrayList<>()).add(entry);
    }
    return docs;
  }

  /** The text for a signature in JShell's notation; empty if there is none. */
  Optional<String> of(String signature) {
    Optional<String> text = named(key(signature));
    Matcher method = METHOD.matcher(signature);
    // the constructor of a record is documented by its type; JShell of JDK 25 names it for the type
    boolean constructor = method.matches() && method.start(1) == 0;
    return text.isEmpty() && constructor ? named(method.group(1)) : text;
  }

  private Optional<String> named(String name) {
    return entries.getOrDefault(last(name), List.of()).stream()
        .filter(entry -> entry.name().equals(name) || entry.name().endsWith("." + name))
        .map(Entry::text)
        .findFirst();
  }

  /** The last part of a name, with its parameters. */
  private static String last(String name) {
    int bracket = name.indexOf('(');
    return name.substring(name.lastIndexOf('.', bracket < 0 ? name.length() : bracket) + 1);
  }

  /** A signature in the notation of the index: parameters by the simple names of their types. */
  private static String key(String signature) {
    Matcher method = METHOD.matcher(signature);
    if (method.matches()) {
      List<String> types = new ArrayList<>();
      String erased = withoutTypeArguments(method.group(2));
      for (String parameter : erased.isBlank() ? new String[0] : erased.split(",")) {
        String type = parameter.strip().replaceFirst("\\s+\\w+$", "");
        types.add(type.replace("...", "[]").replaceFirst("^.*\\.", ""));
      }
      return method.group(1) + "(" + String.join(",", types) + ")";
    }
    Matcher name = NAME.matcher(signature);
    return name.matches() ? name.group(1) : signature;
  }

  private static String withoutTypeArguments(String types) {
    String erased = types;
    for (String before = ""; !before.equals(erased); ) {
      before = erased;
      erased = erased.replaceAll("<[^<>]*>", "");
    }
    return erased;
  }
}
