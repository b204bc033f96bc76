package dance.simulate.explain;

import dance.check.Nearest;
import dance.cost.Ledger;
import dance.simulate.mapping.Evaluation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Explains every number of an evaluation, by name. */
public final class Explainer {
  private static final List<Ledger.Action> COUNTED =
      List.of(Ledger.Action.READ, Ledger.Action.FILL, Ledger.Action.UPDATE);

  private final Map<String, Supplier<Explanation>> byName = new LinkedHashMap<>();

  private final Map<String, Supplier<Explanation>> aliases = new HashMap<>();

  /** Patterns of the names, with their placeholders: for messages. */
  private final Set<String> forms = new LinkedHashSet<>();

  private final Set<String> levels = new LinkedHashSet<>();
  private final Set<String> tensors = new LinkedHashSet<>();

  /** Explains the numbers of an evaluation. */
  public static Explainer of(Evaluation evaluation) {
    return new Explainer(evaluation);
  }

  private Explainer(Evaluation evaluation) {
    ExplainedNest nest = new ExplainedNest(evaluation);
    ExplainedFactors factors = new ExplainedFactors(nest);
    ExplainedTiles tiles = new ExplainedTiles(nest, factors);
    ExplainedCounts counts = new ExplainedCounts(nest, tiles, factors);
    ExplainedZeros zeros = new ExplainedZeros(nest);
    ExplainedCycles cycles = new ExplainedCycles(nest, factors, zeros);
    ExplainedEnergy energy = new ExplainedEnergy(nest, factors, counts, cycles, zeros);
    ExplainedProduct time = new ExplainedProduct(evaluation, energy, cycles);
    add("cycles", "", "", cycles::cycles);
    add("cycles.compute", "", "", factors::computeCycles);
    add("utilization", "", "", cycles::utilization);
    add("operations", "", "", factors::operations);
    add("energy", "", "", energy::total);
    add("energy.by.level", "", "", energy::byLevel);
    add("leakage", "", "", energy::leakage);
    add("zeros", "", "", zeros::saved);
    add("latency", "", "", () -> time.latency());
    ExplainedArea area = new ExplainedArea(evaluation.accelerator());
    add("area", "", "", area::total);
    add("EDP", "", "", () -> time.edp());
    for (int l = 0; l <= nest.levels; l++) {
      int level = l;
      add("%s.instances", nest.level(l), "", () -> factors.instances(level));
      for (int t = 0; l < nest.levels && t < nest.shape.tensors; t++) {
        if (nest.keeps(l, t)) {
          int tensor = t;
          add("%s.tile.%s", nest.level(l), nest.tensor(t), () -> tiles.tile(level, tensor));
          alias(nest.level(l) + "." + nest.tensor(t) + ".tile", () -> tiles.tile(level, tensor));
          for (Ledger.Action action : COUNTED) {
            String form = "%s." + ExplainedCounts.noun(action) + ".%s";
            add(form, nest.level(l), nest.tensor(t), () -> counts.count(level, tensor, action));
            alias(
                nest.level(l) + "." + nest.tensor(t) + "." + ExplainedCounts.noun(action),
                () -> counts.count(level, tensor, action));
          }
        }
      }
    }
    for (Ledger.Entry entry : evaluation.ledger().entries()) {
      addAccounts(entry, energy);
    }
    for (int t = 0; t < nest.shape.tensors; t++) {
      String tensor = nest.tensor(t);
      alias(tensor, () -> energy.ofTensor(tensor));
    }
    byName.forEach(this::alias);
    alias("MACs", factors::operations);
    alias("access energy", energy::total);
  }

  /** Adds another name; an existing one is kept. */
  private void alias(String name, Supplier<Explanation> explanation) {
    aliases.putIfAbsent(plain(name), explanation);
  }

  /**
   * Normal form of a name: charts and tables write levels and tensors with spaces, tensors in lower
   * case, and units in brackets.
   */
  private static String plain(String name) {
    return name.replaceAll("\\[[^\\]]*\\]", "")
        .toLowerCase(Locale.ROOT)
        .replace("utilisation", "utilization")
        .replaceAll("[\\s._-]+", "");
  }

  private void addAccounts(Ledger.Entry entry, ExplainedEnergy energy) {
    String level = entry.level();
    String tensor = entry.operand();
    String action = entry.action().name();
    add("%s.energy", level, "", () -> energy.together(level));
    alias(level, () -> energy.together(level));
    String account = "%s.energy." + ExplainedCounts.noun(entry.action());
    if (tensor.isEmpty()) {
      add(account, level, "", () -> energy.account(entry));
      alias(level + "." + ExplainedCounts.noun(entry.action()), () -> energy.account(entry));
      alias(level + "." + action, () -> energy.account(entry));
    } else {
      alias(level + "." + tensor, () -> energy.together(level, tensor));
      alias(level + "." + tensor + ".energy", () -> energy.together(level, tensor));
      alias(level + "." + tensor + "." + action, () -> energy.account(entry));
      alias(ExplainedEnergy.label(entry), () -> energy.account(entry));
      add("%s.energy.%s", level, tensor, () -> energy.together(level, tensor));
      add(account + ".%s", level, tensor, () -> energy.account(entry));
    }
  }

  private void add(String form, String level, String tensor, Supplier<Explanation> explanation) {
    byName.putIfAbsent(form.formatted(level, tensor), explanation);
    forms.add(form.formatted("LEVEL", "TENSOR"));
    levels.add(level);
    tensors.add(tensor);
  }

  /** The names of all numbers that {@link #explain} explains. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The root of the tree: the factors of the energy-delay product, and what to ask next. */
  public Explanation top() {
    return explain("EDP");
  }

  /**
   * Explains a number: the formula, the values in it, the loops responsible, and the explanations
   * of the numbers in it.
   *
   * <pre>{@code
   * Evaluation evaluation = Analysis.of(einsum, accelerator).evaluate(mapping, Accounting.EXACT);
   * System.out.println(Explainer.of(evaluation).explain("RF.fills.Inputs"));
   * }</pre>
   *
   * prints, for a convolution of 16 positions with a kernel of 3 whose window slides through RF,
   *
   * <pre>
   * RF fills of Inputs = 18 words
   *   |tile| + Σ loops (b − 1) · ∏outer b · (|tile| − overlap)
   *   = 3 + 15 · (3 − 2)
   *   Whenever a loop outside RF advances, the words come in that the tile before did not hold.
   *      3  the first tile
   *     15  for P in [0:16) at GLB: 15 × (3 − 2), moves by +1 along P+R
   *   RF tile of Inputs = 3 words
   *     |tile| = ∏ axes elements
   *     What the loops at RF and inside it touch.
   *       3  elements along P+R (P=1, R=3)
   * </pre>
   *
   * @param name one of {@link #names}: {@code cycles}, {@code energy}, {@code utilization}; with
   *     the names of levels and tensors {@code GLB.reads.Inputs}, {@code GLB.tile.Inputs}, {@code
   *     RF.energy.Weights}, {@code RF.energy.reads.Weights}, {@code RF.energy}, …; or as a chart, a
   *     table or an explanation shows it: {@code GLB inputs}, {@code clock and control}, {@code RF
   *     [mJ]}
   * @throws IllegalArgumentException if the quantity is unknown; the message lists all names
   */
  public Explanation explain(String name) {
    Supplier<Explanation> explanation = byName.getOrDefault(name, aliases.get(plain(name)));
    if (explanation == null) {
      String maybe = Nearest.maybe(name, byName.keySet());
      throw new IllegalArgumentException(
          "unknown quantity \"%s\".%s There are %s, with LEVEL one of %s and TENSOR one of %s"
              .formatted(name, maybe, list(forms), list(levels), list(tensors)));
    }
    return explanation.get();
  }

  private static String list(Set<String> names) {
    return names.stream().filter(n -> !n.isEmpty()).collect(Collectors.joining(", "));
  }
}
