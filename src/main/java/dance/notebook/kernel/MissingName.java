package dance.notebook.kernel;

import dance.check.Nearest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Proposes a name for one that the compiler does not find in a cell. */
final class MissingName {
  private static final Pattern SYMBOL =
      Pattern.compile("symbol:\\s+(?:method|variable|class) (\\w+)");
  private static final Pattern LOCATION =
      Pattern.compile("location:.*\\b(?:class|interface|of type)\\s+([\\w.]+)");

  /** Names in other tools, in lower case. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("dense", "fullyConnected"),
          Map.entry("linear", "fullyConnected"),
          Map.entry("fc", "fullyConnected"),
          Map.entry("conv2d", "conv"),
          Map.entry("convolution", "conv"),
          Map.entry("depthwiseconv2d", "depthwise"),
          Map.entry("maxpool", "pool"),
          Map.entry("avgpool", "pool"),
          Map.entry("maxpool2d", "pool"),
          Map.entry("gemm", "matmul"),
          Map.entry("bmm", "matmul"),
          Map.entry("utilisation", "utilization"),
          Map.entry("inputs", "output"),
          Map.entry("kernelsize", "kernel"),
          Map.entry("run", "simulate"),
          Map.entry("search", "explore"),
          Map.entry("plot", "show"));

  private MissingName() {}

  /** A sentence; empty if the message is of another kind, or no name is near. */
  static Optional<String> maybe(String message) {
    Matcher symbol = SYMBOL.matcher(message);
    if (!message.contains("cannot find symbol") || !symbol.find()) {
      return Optional.empty();
    }
    String name = symbol.group(1);
    Matcher location = LOCATION.matcher(message);
    Optional<Class<?>> type = location.find() ? type(location.group(1)) : Optional.empty();
    List<String> names = new ArrayList<>();
    if (type.isPresent()) {
      names.addAll(methods(type.get()));
    } else {
      verbs().forEach(verbs -> names.addAll(methods(verbs)));
    }
    String elsewhere = ELSEWHERE.get(name.toLowerCase(Locale.ROOT));
    String owner = type.map(t -> t.getSimpleName() + ".").orElse("");
    return Optional.ofNullable(elsewhere)
        .filter(names::contains)
        .or(() -> Nearest.to(name, names))
        .map(n -> "Maybe " + owner + n + " was meant.");
  }

  private static List<String> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getDeclaringClass() != Object.class && Modifier.isPublic(m.getModifiers()))
        .map(Method::getName)
        .distinct()
        .sorted()
        .toList();
  }

  /** The classes whose methods cells call by their simple names. */
  private static List<Class<?>> verbs() {
    return StartUp.imports()
        .lines()
        .filter(line -> line.startsWith("import static ") && line.endsWith(".*;"))
        .map(line -> line.substring("import static ".length(), line.length() - ".*;".length()))
        .flatMap(name -> find(name).stream())
        .toList();
  }

  /** A class that cells use without an import. */
  private static Optional<Class<?>> type(String name) {
    List<String> full = new ArrayList<>(List.of(name));
    StartUp.imports()
        .lines()
        .filter(line -> line.startsWith("import dance.") && line.endsWith(".*;"))
        .forEach(line -> full.add(line.substring(7, line.length() - 2) + name));
    return full.stream().flatMap(candidate -> find(candidate).stream()).findFirst();
  }

  private static Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, MissingName.class.getClassLoader()));
    } catch (ClassNotFoundException | NoClassDefFoundError elsewhere) {
      return Optional.empty();
    }
  }
}
