package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.product;
import static dance.simulate.explain.Explanation.How.PRODUCT;

import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Explains the factors of counts: iterations, instances, and sharing among them. */
final class ExplainedFactors {
  private final ExplainedNest nest;

  ExplainedFactors(ExplainedNest nest) {
    this.nest = nest;
  }

  /**
   * D: the number of distinct tiles, or words in a cycle, that the instances between two levels
   * need.
   */
  Explanation distinct(int outer, int inner, int t) {
    boolean macs = inner == nest.levels;
    String subject =
        "D, distinct "
            + nest.tensor(t)
            + (macs ? " words per cycle" : " tiles over the instances of " + nest.level(inner))
            + " below one "
            + nest.level(outer);
    List<Integer> spatial = new ArrayList<>();
    for (int i = nest.nest.start[outer]; i < nest.nest.start[inner]; i++) {
      if (!nest.isTemporal(i)) {
        spatial.add(i);
      }
    }
    long value = nest.counter.distinct(t, outer, inner);
    List<Term> terms = new ArrayList<>();
    String reason;
    String formula = "∏ axes |{Σ step · index}|";
    if (spatial.isEmpty()) {
      reason = "One " + nest.level(inner) + " works below each " + nest.level(outer) + ".";
      formula = "1";
    } else if (nest.isUnicast(outer, inner, t)) {
      reason = "No access is shared: " + nest.tensor(t) + " is declared unicast.";
      formula = "number of instances";
      spatial.forEach(i -> terms.add(new Amount(nest.loop(i), (long) nest.nest.bound[i])));
    } else {
      reason = "Instances that need the same share one access.";
      if (nest.boxes() && inner > outer + 1) {
        formula = "∏ axes ∏ levels |{Σ step · index}|";
        reason += " Timeloop compares the instances of one level at a time.";
      }
      terms.addAll(positions(outer, inner, t, spatial));
    }
    return new Explanation(
        subject,
        value,
        "",
        new Derivation(formula, spatial.isEmpty() ? "" : product(terms), reason),
        PRODUCT,
        terms,
        List.of());
  }

  private List<Term> positions(int outer, int inner, int t, List<Integer> spatial) {
    int[] axisOf = nest.shape.axisOf[t];
    ExplainedNest.FactorNames names =
        new ExplainedNest.FactorNames() {
          @Override
          public String axis(int axis, String name) {
            String loops =
                spatial.stream()
                    .filter(i -> axisOf[nest.nest.dimension[i]] == axis)
                    .map(nest::loop)
                    .collect(Collectors.joining(", "));
            return "positions along " + name + ": " + loops;
          }

          @Override
          public String dimension(String name) {
            return name;
          }
        };
    List<Term> terms = nest.factors(t, names, () -> nest.counter.distinct(t, outer, inner));
    for (int i : spatial) {
      if (axisOf[nest.nest.dimension[i]] < 0) {
        terms.add(new Amount(nest.loop(i) + ": the same for all", 1L));
      }
    }
    return terms;
  }

  /** Distinct words of the output that the instances of a level ever hold. */
  Explanation held(int level, int t) {
    long instances = nest.counter.instances[level];
    boolean perfect = nest.counter.isPerfect();
    String where = perfect && instances > 1 ? " (one " + nest.level(level) + ")" : "";
    ExplainedNest.FactorNames names =
        new ExplainedNest.FactorNames() {
          @Override
          public String axis(int axis, String name) {
            return "distinct elements along " + name + where;
          }

          @Override
          public String dimension(String name) {
            return "instances along " + name;
          }
        };
    List<Term> terms = new ArrayList<>();
    List<Explanation> basis = new ArrayList<>();
    if (perfect) {
      terms.addAll(nest.factors(t, names, () -> nest.counter.heldEach(t, level)));
      if (instances > 1) {
        terms.add(instancesTerm(level));
        basis.add(instances(level));
      }
    } else {
      terms.addAll(nest.factors(t, names, () -> nest.counter.held(t, level)));
    }
    return new Explanation(
        "W, distinct " + nest.tensor(t) + " words ever held by " + nest.level(level),
        nest.counter.held(t, level),
        "words",
        new Derivation(
            "∏ axes distinct elements"
                + (perfect
                    ? (basis.isEmpty() ? "" : " · instances")
                    : " · ∏ other dimensions instances"),
            product(terms),
            perfect || instances == 1
                ? ""
                : "Elements along an axis are summed over the instances along it."),
        PRODUCT,
        terms,
        basis);
  }

  /** Instances of a level, or MAC units, that work at some time. */
  Explanation instances(int level) {
    List<Term> terms = new ArrayList<>();
    if (nest.counter.isPerfect()) {
      for (int i = 0; i < nest.nest.start[level]; i++) {
        if (!nest.isTemporal(i)) {
          terms.add(new Amount(nest.loop(i), (long) nest.nest.bound[i]));
        }
      }
    } else {
      terms.addAll(
          nest.factors(
              0, dimensions("instances along "), () -> nest.counter.partial().instances(level)));
    }
    return new Explanation(
        instancesTerm(level).part(),
        nest.counter.instances[level],
        "",
        new Derivation(
            "∏ bounds of the spatial loops outside",
            product(terms),
            terms.isEmpty()
                ? "Nothing outside is spread over instances."
                : nest.counter.isPerfect() ? "" : "Instances beyond a bound never work."),
        PRODUCT,
        terms,
        List.of());
  }

  Amount instancesTerm(int level) {
    return new Amount(
        "instances of " + nest.level(level) + " in use", nest.counter.instances[level]);
  }

  /** Cycles that the arithmetic takes. */
  Explanation computeCycles() {
    List<Term> terms = new ArrayList<>();
    boolean perfect = nest.counter.isPerfect();
    if (perfect) {
      for (int i = nest.nest.size - 1; i >= 0; i--) {
        if (nest.isTemporal(i)) {
          terms.add(new Amount(nest.loop(i), (long) nest.nest.bound[i]));
        }
      }
    } else {
      terms.addAll(
          nest.factors(
              0,
              dimensions("iterations of the temporal loops over "),
              () -> nest.counter.partial().computeCycles()));
    }
    return new Explanation(
        "compute cycles",
        nest.counter.computeCycles,
        "cycles",
        new Derivation(
            perfect ? "∏ bounds of the temporal loops" : "∏ dimensions iterations in time",
            product(terms),
            perfect
                ? "Every MAC unit in use does one operation in each cycle."
                : "Those of the MAC unit with all indices 0, which works longest; iterations beyond"
                    + " a bound are skipped."),
        PRODUCT,
        terms,
        List.of());
  }

  /** Operations of the einsum. */
  Explanation operations() {
    List<Term> terms = new ArrayList<>();
    nest.evaluation.einsum().dimensions().stream()
        .filter(d -> d.bound() > 1)
        .forEach(d -> terms.add(new Amount("bound of " + d.dimension(), (long) d.bound())));
    return new Explanation(
        "operations",
        nest.evaluation.counts().computes(),
        "",
        new Derivation("∏ bounds of the dimensions", product(terms), ""),
        PRODUCT,
        terms,
        List.of());
  }

  static ExplainedNest.FactorNames dimensions(String prefix) {
    return new ExplainedNest.FactorNames() {
      @Override
      public String axis(int axis, String name) {
        return prefix + name;
      }

      @Override
      public String dimension(String name) {
        return prefix + name;
      }
    };
  }
}
