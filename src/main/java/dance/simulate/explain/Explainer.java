package dance.simulate.explain;

import dance.check.Nearest;
import dance.cost.Ledger;
import dance.simulate.mapping.Evaluation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Everything that an evaluation can explain, by name. */
public final class Explainer {
  private static final List<Ledger.Action> COUNTED =
      List.of(Ledger.Action.READ, Ledger.Action.FILL, Ledger.Action.UPDATE);

  private final Map<String, Supplier<Explanation>> byName = new LinkedHashMap<>();

  /** Forms of the names, with what they are filled with: for messages. */
  private final Set<String> forms = new LinkedHashSet<>();

  private final Set<String> levels = new LinkedHashSet<>();
  private final Set<String> tensors = new LinkedHashSet<>();

  public Explainer(Evaluation evaluation) {
    ExplainedNest nest = new ExplainedNest(evaluation);
    ExplainedFactors factors = new ExplainedFactors(nest);
    ExplainedTiles tiles = new ExplainedTiles(nest, factors);
    ExplainedCounts counts = new ExplainedCounts(nest, tiles, factors);
    ExplainedCycles cycles = new ExplainedCycles(nest, factors);
    ExplainedEnergy energy = new ExplainedEnergy(nest, factors, counts, cycles);
    add("cycles", "", "", cycles::cycles);
    add("cycles.compute", "", "", factors::computeCycles);
    add("utilization", "", "", cycles::utilization);
    add("operations", "", "", factors::operations);
    add("energy", "", "", energy::total);
    for (int l = 0; l <= nest.levels; l++) {
      int level = l;
      add("%s.instances", nest.level(l), "", () -> factors.instances(level));
      for (int t = 0; l < nest.levels && t < nest.shape.tensors; t++) {
        if (nest.keeps(l, t)) {
          int tensor = t;
          add("%s.tile.%s", nest.level(l), nest.tensor(t), () -> tiles.tile(level, tensor));
          for (Ledger.Action action : COUNTED) {
            String form = "%s." + ExplainedCounts.noun(action) + ".%s";
            add(form, nest.level(l), nest.tensor(t), () -> counts.count(level, tensor, action));
          }
        }
      }
    }
    for (Ledger.Entry entry : evaluation.ledger().entries()) {
      addAccounts(entry, energy);
    }
  }

  private void addAccounts(Ledger.Entry entry, ExplainedEnergy energy) {
    String level = entry.level();
    String tensor = entry.operand();
    add("%s.energy", level, "", () -> energy.together(level));
    String account = "%s.energy." + ExplainedCounts.noun(entry.action());
    if (tensor.isEmpty()) {
      add(account, level, "", () -> energy.account(entry));
    } else {
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

  /** Name of a count. */
  public static String count(String level, String tensor, Ledger.Action action) {
    if (!COUNTED.contains(action)) {
      throw new IllegalArgumentException(
          "%s of %s at %s is no count of accesses: READ, FILL and UPDATE are. Maybe explainEnergy was meant."
              .formatted(action, tensor, level));
    }
    return level + "." + ExplainedCounts.noun(action) + "." + tensor;
  }

  /** Name of an account; of one without a tensor if that is empty. */
  public static String account(String level, String tensor, Ledger.Action action) {
    String account = level + ".energy." + ExplainedCounts.noun(action);
    return tensor.isEmpty() ? account : account + "." + tensor;
  }

  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  public Explanation explain(String name) {
    Supplier<Explanation> explanation = byName.get(name);
    if (explanation == null) {
      String maybe =
          Nearest.to(name, byName.keySet()).map(n -> " Maybe " + n + " was meant.").orElse("");
      throw new IllegalArgumentException(
          "\"%s\" is no number that can be explained.%s There are %s, with LEVEL one of %s and TENSOR one that it keeps of %s"
              .formatted(name, maybe, list(forms), list(levels), list(tensors)));
    }
    return explanation.get();
  }

  private static String list(Set<String> names) {
    return names.stream().filter(n -> !n.isEmpty()).collect(Collectors.joining(", "));
  }
}
