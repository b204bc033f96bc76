package dance.interchange;

import dance.check.Rules;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model of MAESTRO (Kwon et al., MICRO 2019): {@code Network N { Layer L { Type: CONV, Stride {…}
 * Dimensions {…} } }}, with constants by name. Its dataflows are mappings of that tool and are not
 * read. Y and X are sizes of the input as it is written, without padding; Y' and X' of the output.
 */
final class MaestroModel {
  private static final Pattern NETWORK =
      Pattern.compile("\\bNetwork\\s+([\\w.-]*)\\s*\\{|\\bLayer\\s+\\S+\\s*\\{");

  private static final Pattern TOKEN = Pattern.compile("[\\w.'-]+|[{}]|[^\\s:,;{}]");
  private static final Set<String> TYPES = Set.of("CONV", "DSCONV", "NGCONV", "TRCONV", "GEMM");

  private final String file;
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private final Map<String, String> constants = new HashMap<>();
  private final Rules rules = new Rules();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final List<Network.Entry> entries = new ArrayList<>();
  private int next;

  private MaestroModel(String file, String text) {
    this.file = file;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher token = TOKEN.matcher(line.replaceFirst("//.*", ""));
      while (token.find()) {
        tokens.add(token.group());
        lines.add(number);
      }
    }
  }

  static String refusal(String text) {
    return NETWORK.matcher(text).find() ? null : "it has neither Network NAME { nor Layer NAME {";
  }

  static Parsed<Network> read(String name, String file, String text) {
    MaestroModel model = new MaestroModel(file, text);
    String called = model.network();
    model.rules.require(!model.entries.isEmpty(), "%s has no layers", file).check();
    Network network = new Network(called.isEmpty() ? name : called, model.entries);
    return new Parsed<>(network, List.copyOf(model.warnings));
  }

  private String place() {
    return file + ", line " + (lines.isEmpty() ? 1 : lines.get(Math.min(next, lines.size() - 1)));
  }

  private String take() {
    return next < tokens.size() ? tokens.get(next++) : "";
  }

  private boolean at(String token) {
    return next < tokens.size() && tokens.get(next).equals(token);
  }

  private String network() {
    String name = "";
    while (next < tokens.size()) {
      switch (take()) {
        case "Constant" -> constants.put(take(), take());
        case "Network" -> name = at("{") ? "" : take();
        case "Layer" -> layer(take());
        default -> {}
      }
    }
    return name;
  }

  private void layer(String name) {
    String place = place();
    String type = "CONV";
    Map<String, Integer> dimensions = new LinkedHashMap<>();
    Map<String, Integer> strides = new HashMap<>();
    rules.require("{".equals(take()), "%s: { was expected after Layer %s", place, name);
    while (next < tokens.size() && !at("}")) {
      String key = take();
      switch (key) {
        case "Type" -> type = take();
        case "Stride" -> sizes(strides);
        case "Dimensions" -> sizes(dimensions);
        default -> {
          if (at("{")) {
            skip();
            warnings.add(file + ": " + key + " is not read: the mapper chooses its own");
          }
        }
      }
    }
    take();
    String known = type;
    rules.require(TYPES.contains(type), "%s: type %s is not one of %s", place, type, TYPES);
    Layer layer = rules.tried(() -> layer(name, known, place, dimensions, strides));
    if (layer != null) {
      entries.add(new Network.Entry(layer, 1));
    }
  }

  private void sizes(Map<String, Integer> sizes) {
    if (!at("{")) {
      rules.require(false, "%s: { was expected", place());
      return;
    }
    take();
    while (next < tokens.size() && !at("}")) {
      String key = take();
      if (at("}")) {
        rules.require(false, "%s: %s has no size", place(), key);
        break;
      }
      String value = take();
      sizes.put(
          key, Figure.whole(constants.getOrDefault(value, value), place() + ", " + key, rules));
    }
    take();
  }

  private void skip() {
    int depth = 0;
    do {
      String token = take();
      depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
    } while (depth > 0 && next < tokens.size());
  }

  private Layer layer(
      String name,
      String type,
      String place,
      Map<String, Integer> x,
      Map<String, Integer> strides) {
    if (type.equals("GEMM")) {
      need(place, name, x, "M", "N", "K");
      return Layer.fullyConnected(name, x.getOrDefault("K", 1), x.getOrDefault("N", 1))
          .output(x.getOrDefault("M", 1), 1);
    }
    int r = x.getOrDefault("R", 1);
    int s = x.getOrDefault("S", 1);
    int c = x.getOrDefault("C", 1);
    int k = x.getOrDefault("K", 1);
    int groups = 1;
    switch (type) {
      case "DSCONV" -> {
        groups = c;
        k = Math.multiplyExact(c, k);
      }
      case "NGCONV" -> {
        groups = x.getOrDefault("G", 1);
        k = Math.multiplyExact(groups, k);
        warnings.add(file + ": of NGCONV, K is taken for each group and C for all groups");
      }
      default -> {}
    }
    int down = strides.getOrDefault("Y", 1);
    int along = strides.getOrDefault("X", 1);
    Layer layer = Layer.conv(name, c, k).groups(groups).kernel(r, s).batch(x.getOrDefault("N", 1));
    if (type.equals("TRCONV")) {
      warnings.add(
          file
              + ": TRCONV is taken as every input times every tap, on an image of the input's"
              + " size");
      return layer.output(x.getOrDefault("Y", 1), x.getOrDefault("X", 1));
    }
    return layer
        .stride(down, along)
        .output(positions(x, place, "Y", r, down), positions(x, place, "X", s, along));
  }

  private int positions(
      Map<String, Integer> x, String place, String dimension, int kernel, int stride) {
    Integer output = x.get(dimension + "'");
    if (output != null) {
      return output;
    }
    int input = x.getOrDefault(dimension, 1);
    rules.require(
        kernel <= input,
        "%s: kernel (%d) must not be larger than its input %s (%d), which holds the padding, too",
        place,
        kernel,
        dimension,
        input);
    return Math.max(0, input - kernel) / stride + 1;
  }

  private void need(String place, String name, Map<String, Integer> x, String... dimensions) {
    for (String dimension : dimensions) {
      rules.require(
          x.containsKey(dimension), "%s: layer %s has no dimension %s", place, name, dimension);
    }
  }
}
