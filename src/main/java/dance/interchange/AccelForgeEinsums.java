package dance.interchange;

import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The einsums of an AccelForge workload, each with its {@code tensor_accesses} or as a text, {@code
 * Z[m, n] = A[m, k] * W[k, n]}. Bounds are those of the einsum, of the workload, or of {@code
 * rank_sizes}. The weights are the tensor that {@code renames} call so, else one whose name begins
 * with W, else the second that is read.
 */
final class AccelForgeEinsums {
  private static final Pattern BOUND =
      Pattern.compile("\\s*0\\s*<=\\s*(\\w+)\\s*<\\s*(\\d{1,9})\\s*");
  private static final Pattern TERM =
      Pattern.compile("(?:(\\d{1,9})\\s*\\*\\s*)?([A-Za-z_]\\w*)(?:\\s*\\*\\s*(\\d{1,9}))?");
  private static final Pattern ACCESS =
      Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*\\[([^\\[\\]]*)]\\s*");

  private final YamlNode workload;
  private final YamlNode node;
  private final Map<String, Integer> bounds = new LinkedHashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();

  /** A tensor as an einsum names it. */
  private record Access(String name, boolean output, List<Axis> axes) {}

  private AccelForgeEinsums(YamlNode workload, YamlNode node) {
    this.workload = workload;
    this.node = node;
  }

  /** The width of a value. */
  static int bits(YamlNode workload) {
    return workload
        .get("bits_per_value")
        .filter(YamlNode::isMapping)
        .flatMap(b -> b.get("All"))
        .map(b -> b.positiveInt(AccelForgeArchitecture.USUAL_BITS))
        .orElse(AccelForgeArchitecture.USUAL_BITS);
  }

  /** Widths of tensors, by their names or roles, that are not those of all. */
  static Map<String, Integer> widths(YamlNode workload, Einsum einsum) {
    Map<String, Integer> bits = new HashMap<>();
    for (YamlNode.Entry entry :
        workload
            .get("bits_per_value")
            .filter(YamlNode::isMapping)
            .map(YamlNode::entries)
            .orElse(List.of())) {
      List<String> named =
          einsum.tensors().stream()
              .filter(
                  t ->
                      t.name().equals(entry.key()) || t.role().name().equalsIgnoreCase(entry.key()))
              .map(Tensor::name)
              .toList();
      if (named.isEmpty() && !entry.key().equals("All")) {
        entry.value().ignored("bits_per_value." + entry.key());
      }
      named.forEach(name -> bits.put(name, entry.value().positiveInt(1)));
    }
    return bits;
  }

  /** Why a document is none of these; null if it is one. */
  static String refusal(YamlNode root) {
    return root.get("workload").filter(w -> w.get("einsums").isPresent()).isPresent()
        ? null
        : "it has no key workload with einsums";
  }

  /** Each einsum a layer; those of one operand move data only and are named. */
  static Parsed<Network> network(String name, YamlNode root, Problems problems) {
    List<Network.Entry> layers = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    YamlNode workload = root.require("workload").orElseGet(root::none);
    for (Einsum einsum : of(workload)) {
      if (einsum.tensors().size() < 3) {
        skipped.add(einsum.name());
      } else {
        layers.add(new Network.Entry(Layer.of(einsum), 1));
      }
    }
    if (!skipped.isEmpty()) {
      workload.warn("einsums of one operand are not costed: " + String.join(", ", skipped));
    }
    return problems.finish(root.file(), () -> new Network(name, layers));
  }

  /** The einsums; those with problems are left out. */
  static List<Einsum> of(YamlNode workload) {
    List<Einsum> all = new ArrayList<>();
    for (YamlNode item : workload.require("einsums").map(YamlNode::items).orElse(List.of())) {
      Einsum read = new AccelForgeEinsums(workload, item).read();
      if (read != null) {
        all.add(read);
      }
    }
    return all;
  }

  private Einsum read() {
    for (YamlNode place : List.of(workload, node)) {
      place.get("iteration_space_shape").ifPresent(this::bounds);
    }
    workload
        .get("rank_sizes")
        .filter(YamlNode::isMapping)
        .ifPresent(r -> r.entries().forEach(e -> sizes.put(e.key(), e.value().positiveInt(1))));
    List<Access> accesses =
        node.get("einsum").isPresent()
            ? text(node.get("einsum").get())
            : node.require("tensor_accesses").map(YamlNode::items).orElse(List.of()).stream()
                .map(this::access)
                .toList();
    String weights = weights(accesses);
    List<Tensor> tensors = new ArrayList<>();
    for (Access access : accesses) {
      Operand role = access.name().equals(weights) ? Operand.WEIGHT : Operand.INPUT;
      tensors.add(
          new Tensor(access.name(), access.output() ? Operand.OUTPUT : role, access.axes()));
    }
    Map<String, Integer> own = own(tensors);
    List<Einsum.Loop> loops = new ArrayList<>();
    own.forEach((dimension, bound) -> loops.add(new Einsum.Loop(dimension, bound)));
    String output =
        accesses.stream().filter(Access::output).map(Access::name).findFirst().orElse("einsum");
    String name = node.get("name").map(YamlNode::text).orElse(output);
    try {
      return new Einsum(name, loops, tensors, Einsum.Op.MULTIPLY_ACCUMULATE);
    } catch (IllegalArgumentException wrong) {
      wrong.getMessage().lines().forEach(node::problem);
      return null;
    }
  }

  /** The bounds of the rank variables that occur, in the order of the file's bounds. */
  private Map<String, Integer> own(List<Tensor> tensors) {
    Map<String, Integer> used = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      for (Axis axis : tensor.axes()) {
        for (Axis.Term term : axis.terms()) {
          if (!bounds.containsKey(term.dimension())) {
            node.problem(
                "rank variable " + term.dimension().toLowerCase(Locale.ROOT) + " has no bound");
            bounds.put(term.dimension(), 1);
          }
          used.put(term.dimension(), bounds.get(term.dimension()));
        }
      }
    }
    Map<String, Integer> ordered = new LinkedHashMap<>(bounds);
    ordered.keySet().retainAll(used.keySet());
    return ordered;
  }

  private String weights(List<Access> accesses) {
    String renamed =
        node.get("renames")
            .filter(YamlNode::isMapping)
            .flatMap(r -> r.get("weight"))
            .filter(YamlNode::isScalar)
            .map(YamlNode::text)
            .orElse("");
    List<String> read = accesses.stream().filter(a -> !a.output()).map(Access::name).toList();
    if (read.contains(renamed)) {
      return renamed;
    }
    List<String> named = read.stream().filter(n -> n.matches("(?i)w.*|filter.*")).toList();
    return named.size() == 1 ? named.get(0) : read.size() > 1 ? read.get(1) : "";
  }

  private void bounds(YamlNode shape) {
    List<YamlNode> all =
        shape.isList()
            ? shape.items()
            : shape.entries().stream().map(YamlNode.Entry::value).toList();
    for (YamlNode bound : all) {
      Matcher form = BOUND.matcher(bound.text());
      if (form.matches()) {
        bounds.put(dimension(form.group(1)), Integer.parseInt(form.group(2)));
      } else {
        bound.problem("a bound such as 0 <= m < 128 was expected, not '" + bound.text() + "'");
      }
    }
  }

  private Access access(YamlNode given) {
    String name = given.require("name").map(YamlNode::text).orElse("");
    boolean output = given.get("output").map(o -> o.yes(false)).orElse(false);
    List<Axis> axes = new ArrayList<>();
    YamlNode projection = given.require("projection").orElseGet(given::none);
    List<YamlNode.Entry> ranks =
        projection.isList()
            ? projection.items().stream()
                .map(i -> new YamlNode.Entry(dimension(i.text()), i))
                .toList()
            : projection.entries();
    ranks.forEach(rank -> axis(rank.key(), rank.value().text(), rank.value(), axes));
    return new Access(name, output, axes);
  }

  /** {@code Z[m, n] = A[m, H: 2 * p + r] * W[r, n]}. */
  private List<Access> text(YamlNode given) {
    List<Access> accesses = new ArrayList<>();
    String[] sides = given.text().split("=", 2);
    List<String> parts = new ArrayList<>(List.of(sides[0]));
    if (sides.length == 2) {
      // products between brackets belong to an axis
      parts.addAll(List.of(sides[1].split("\\*(?![^\\[]*])")));
    }
    for (String part : parts) {
      Matcher form = ACCESS.matcher(part);
      if (!form.matches() || sides.length < 2) {
        given.problem("Z[m, n] = A[m, k] * W[k, n] was expected, not '%s'".formatted(given.text()));
        return List.of();
      }
      List<Axis> axes = new ArrayList<>();
      for (String rank : form.group(2).isBlank() ? new String[0] : form.group(2).split(",")) {
        String[] named = rank.split(":", 2);
        String sum = named[named.length - 1].strip();
        axis(named.length == 2 ? named[0].strip() : dimension(sum), sum, given, axes);
      }
      accesses.add(new Access(form.group(1), accesses.isEmpty(), axes));
    }
    return accesses;
  }

  /** An axis that is a sum of rank variables. */
  private void axis(String rank, String sum, YamlNode place, List<Axis> axes) {
    List<Axis.Term> terms = new ArrayList<>();
    for (String part : sum.split("\\+")) {
      Matcher term = TERM.matcher(part.strip());
      if (!term.matches()) {
        place.problem("a sum such as 2*p + r was expected, not '" + sum + "'");
        continue;
      }
      String factor = term.group(1) != null ? term.group(1) : term.group(3);
      terms.add(
          new Axis.Term(dimension(term.group(2)), factor == null ? 1 : Integer.parseInt(factor)));
    }
    if (terms.size() == 1 && sizes.containsKey(rank)) {
      bounds.putIfAbsent(terms.get(0).dimension(), sizes.get(rank));
    }
    if (!terms.isEmpty()) {
      axes.add(new Axis(terms));
    }
  }

  /** A rank variable as the name of a dimension. */
  static String dimension(String variable) {
    return variable.toUpperCase(Locale.ROOT);
  }
}
