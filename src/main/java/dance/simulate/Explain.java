package dance.simulate;

import dance.check.Nearest;
import dance.simulate.explain.Explainer;
import dance.simulate.explain.Explanation;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.How;
import dance.simulate.explain.Explanation.Term;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.LoopNest;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Explains a number of a result: of a mapping, a layer or a network. */
public final class Explain {
  private Explain() {}

  /**
   * The evaluation of the mapping in a result.
   *
   * @throws IllegalArgumentException if the result has no single mapping
   */
  public static Evaluation evaluation(Object result) {
    if (result instanceof Evaluation evaluation) {
      return evaluation;
    }
    if (result instanceof MappingResult best) {
      return best.evaluation();
    }
    if (result instanceof LayerEvaluation layer) {
      return layer.evaluation();
    }
    throw new IllegalArgumentException(
        "a "
            + (result == null ? "null" : result.getClass().getSimpleName())
            + " is not the result of one mapping: map(…) and evaluate(…) give one, as does each "
            + "of the layers() of"
            + " simulate(…)");
  }

  /**
   * Explains a number.
   *
   * @param result result of a mapping, a layer or a network
   * @param path empty for the top of the tree; the name of a quantity; for a network also a layer,
   *     or a layer and the name of its quantity
   * @throws IllegalArgumentException if there is no such quantity; the message lists the names
   */
  public static Explanation of(Object result, String... path) {
    if (result instanceof NetworkEvaluation network) {
      return ofNetwork(network, path);
    }
    Evaluation evaluation = evaluation(result);
    Explainer explainer = Explainer.of(evaluation);
    if (path.length > 1) {
      throw new IllegalArgumentException(
          "one mapping has numbers, not layers: name one of " + String.join(", ", path));
    }
    Explanation found = path.length == 0 ? explainer.top() : explainer.explain(path[0]);
    return found.in(
        LoopNest.of(evaluation.einsum(), evaluation.accelerator(), evaluation.mapping()));
  }

  private static Explanation ofNetwork(NetworkEvaluation network, String... path) {
    List<String> names = network.layers().stream().map(l -> l.layer().name()).toList();
    if (path.length == 0) {
      return sum(network, "energy");
    }
    Optional<LayerEvaluation> layer =
        network.layers().stream().filter(l -> l.layer().name().equals(path[0])).findFirst();
    if (layer.isPresent()) {
      String[] rest = List.of(path).subList(1, path.length).toArray(new String[0]);
      return of(layer.get(), rest);
    }
    if (path.length == 1) {
      return sum(network, path[0]);
    }
    throw new IllegalArgumentException(
        "network %s has no layer %s, only %s.%s"
            .formatted(
                network.network().name(),
                path[0],
                String.join(", ", names),
                Nearest.maybe(path[0], names)));
  }

  /** A quantity of the whole network: the sum over the layers, each times its repeats. */
  private static Explanation sum(NetworkEvaluation network, String name) {
    List<Term> terms = new ArrayList<>();
    IllegalArgumentException refused = null;
    Explanation first = null;
    double total = 0;
    for (LayerEvaluation layer : network.layers()) {
      try {
        Explanation one = Explainer.of(layer.evaluation()).explain(name);
        if (!isAdditive(one)) {
          throw new IllegalArgumentException(
              "%s is a number of one layer, not a sum over %s. Maybe explain(x, \"%s\", \"%s\")."
                  .formatted(one.subject(), network.network().name(), layer.layer().name(), name));
        }
        first = first == null ? one : first;
        double value = layer.repeats() * one.value().doubleValue();
        total += value;
        terms.add(new Amount(label(layer), value));
      } catch (IllegalArgumentException none) {
        refused = none; // a layer without weights has no such account
      }
    }
    if (first == null) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
    return new Explanation(
        first.subject() + " of " + network.network().name(),
        total,
        first.unit(),
        new Derivation(
            "Σ layers, repeats · " + first.subject(),
            "",
            "What to ask next: explain(x, \""
                + network.layers().get(0).layer().name()
                + "\"), explain(x, \""
                + network.layers().get(0).layer().name()
                + "\", \"energy\"), explain(x, \"cycles\"), or a level or tensor by its name."),
        How.SUM,
        terms,
        List.of());
  }

  private static String label(LayerEvaluation layer) {
    Layer shape = layer.layer();
    return layer.repeats() == 1 ? shape.name() : layer.repeats() + " × " + shape.name();
  }

  private static boolean isAdditive(Explanation number) {
    return List.of("pJ", "cycles", "ms").contains(number.unit())
        || number.subject().equals("operations")
        || number.subject().matches(".* (reads|fills|updates) of .*");
  }
}
