package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.product;
import static dance.simulate.explain.ExplainedTiles.text;
import static dance.simulate.explain.Explanation.How.PRODUCT;
import static dance.simulate.explain.Explanation.How.SUM;

import dance.cost.Ledger;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.Term;
import java.util.ArrayList;
import java.util.List;

/** Explains reads, fills and updates. */
final class ExplainedCounts {
  private final ExplainedNest nest;
  private final ExplainedTiles tiles;
  private final ExplainedFactors factors;

  ExplainedCounts(ExplainedNest nest, ExplainedTiles tiles, ExplainedFactors factors) {
    this.nest = nest;
    this.tiles = tiles;
    this.factors = factors;
  }

  /** Name of a count, such as {@code RF fills of Inputs}. */
  String subject(int level, int t, Ledger.Action action) {
    return nest.level(level) + " " + noun(action) + " of " + nest.tensor(t);
  }

  /** The plural of an action. */
  static String noun(Ledger.Action action) {
    return switch (action) {
      case READ -> "reads";
      case FILL -> "fills";
      case UPDATE -> "updates";
      case TRANSFER -> "transfers";
      case LEAK -> "leakage";
      case COMPUTE -> "operations";
      case OPERATE -> "operations clocked";
      case FLOOR -> "floor";
    };
  }

  /** Explains a count of a level that keeps the tensor. */
  Explanation count(int level, int t, Ledger.Action action) {
    boolean output = t == nest.shape.output;
    return switch (action) {
      case READ -> output ? readsBack(level, t) : given(subject(level, t, action), level, t);
      case FILL -> output ? returning(level, t) : filled(level, t);
      case UPDATE ->
          output
              ? given(subject(level, t, action), level, t)
              : none(level, t, action, nest.tensor(t) + " is only read: nothing updates it.");
      default -> throw new IllegalArgumentException(action + " is no count of accesses");
    };
  }

  private Explanation none(int level, int t, Ledger.Action action, String reason) {
    return new Explanation(
        subject(level, t, action),
        0L,
        "words",
        new Derivation("0", "", reason),
        SUM,
        List.of(),
        List.of());
  }

  private Explanation filled(int level, int t) {
    if (level == 0) {
      return none(level, t, Ledger.Action.FILL, "It is the outermost level: nothing fills it.");
    }
    return tiles.received(subject(level, t, Ledger.Action.FILL), level, t);
  }

  /** Words on the interconnects below all instances of a level, whether it keeps them or not. */
  Explanation passing(int level, int t) {
    if (!nest.keeps(level, t)) {
      return given(nest.tensor(t) + " words below " + nest.level(level), level, t);
    }
    boolean output = t == nest.shape.output;
    Explanation given = count(level, t, output ? Ledger.Action.UPDATE : Ledger.Action.READ);
    if (!nest.pricing.interconnects().isBothWays(t, level, nest.nest)) {
      return given;
    }
    Explanation back = count(level, t, Ledger.Action.READ);
    return new Explanation(
        nest.tensor(t) + " words below " + nest.level(level),
        Math.addExact(given.value().longValue(), back.value().longValue()),
        "words",
        new Derivation(
            "updates + reads",
            text(given.value()) + " + " + text(back.value()),
            nest.level(level)
                + " is off-chip memory and cannot add: partial sums go in to be added to, and"
                + " out."),
        SUM,
        List.of(
            new Amount(given.subject(), given.value()), new Amount(back.subject(), back.value())),
        List.of(given, back));
  }

  /** Reads of a read-only operand by the inside, or updates of the output from there. */
  private Explanation given(String subject, int level, int t) {
    int inner = nest.inside(level, t);
    return inner == nest.levels ? byMacs(subject, level, t) : byLevel(subject, level, inner, t);
  }

  private Explanation byMacs(String subject, int level, int t) {
    boolean output = t == nest.shape.output;
    boolean alone = nest.isUnicast(level, nest.levels, t);
    String reason =
        !output
            ? "In every cycle each MAC unit in use needs one word"
                + (alone ? "." : "; those that need the same share it.")
            : "In every cycle each MAC unit in use adds to one word"
                + (alone ? "." : "; what belongs to the same is added on the way.");
    if (nest.counter.isPerfect()) {
      Explanation cycles = factors.computeCycles();
      return shared(subject, level, nest.levels, t, cycles, "compute cycles", reason);
    }
    ExplainedNest.FactorNames names =
        new ExplainedNest.FactorNames() {
          @Override
          public String axis(int axis, String name) {
            return alone
                ? "iterations along " + name
                : "distinct elements along " + name + ", summed over the iterations";
          }

          @Override
          public String dimension(String name) {
            return "iterations over " + name + (alone ? "" : ", those that share counted once");
          }
        };
    List<Term> terms = nest.factors(t, names, () -> nest.counter.macAccesses(t, level));
    return new Explanation(
        subject,
        nest.counter.macAccesses(t, level),
        "words",
        new Derivation(
            "∏ axes Σ iterations distinct elements · ∏ other dimensions iterations",
            product(terms),
            reason + " Last tiles are partial: iterations are counted dimension by dimension."),
        PRODUCT,
        terms,
        List.of());
  }

  private Explanation byLevel(String subject, int level, int inner, int t) {
    boolean output = t == nest.shape.output;
    String here = nest.level(level);
    String below = nest.level(inner);
    boolean alone = nest.isUnicast(level, inner, t);
    boolean kept = nest.keeps(level, t);
    String reason =
        !output
            ? "What enters "
                + below
                + (kept ? " is read from " : " passes ")
                + here
                + (alone ? "." : ", once for all instances that need the same tile.")
            : "Partial sums that leave "
                + below
                + (kept ? " are accumulated in " : " pass ")
                + here
                + (alone
                    ? "."
                    : "; those of one tile from several instances are added on the way.");
    if (nest.counter.isPerfect()) {
      Explanation each = tiles.each(inner, t);
      String name = (output ? "passing through one " : "received by one ") + below;
      return shared(subject, level, inner, t, each, name, reason);
    }
    List<Term> terms = nest.moves(t, inner, () -> nest.counter.shared(t, level, inner));
    return tiles.partialMoves(
        subject, nest.counter.shared(t, level, inner), tiles.partialReason(reason), terms);
  }

  /** Words of one instance inside, times the distinct ones, times the instances of the level. */
  private Explanation shared(
      String subject,
      int level,
      int inner,
      int t,
      Explanation each,
      String eachName,
      String reason) {
    Explanation distinct = factors.distinct(level, inner, t);
    List<Term> terms = new ArrayList<>();
    terms.add(new Amount(each.subject(), each.value()));
    terms.add(new Amount(distinct.subject(), distinct.value()));
    List<Explanation> basis = new ArrayList<>(List.of(each, distinct));
    if (nest.counter.instances[level] > 1) {
      terms.add(factors.instancesTerm(level));
      basis.add(factors.instances(level));
    }
    return new Explanation(
        subject,
        nest.counter.passing(t, level),
        "words",
        new Derivation(
            eachName + " · D" + (terms.size() > 2 ? " · instances of " + nest.level(level) : ""),
            product(terms),
            reason),
        PRODUCT,
        terms,
        basis);
  }

  /** Reads of partial sums for further accumulation. */
  private Explanation readsBack(int level, int t) {
    return lessFirst(
        subject(level, t, Ledger.Action.READ),
        nest.counter.reads[level * nest.shape.tensors + t],
        "updates − W",
        "An update adds to the word that is there; the first accumulation of a word reads nothing.",
        count(level, t, Ledger.Action.UPDATE),
        factors.held(level, t));
  }

  /** Partial sums that were spilled return. */
  private Explanation returning(int level, int t) {
    if (level == 0) {
      return none(level, t, Ledger.Action.FILL, "It is the outermost level: nothing fills it.");
    }
    String name = nest.level(level);
    return lessFirst(
        subject(level, t, Ledger.Action.FILL),
        nest.counter.fills[level * nest.shape.tensors + t],
        "passing through − W",
        "Partial sums that left " + name + " come back to it; a word's first time starts at zero.",
        tiles.received(nest.tensor(t) + " passing through " + name, level, t),
        factors.held(level, t));
  }

  private static Explanation lessFirst(
      String subject,
      long value,
      String formula,
      String reason,
      Explanation all,
      Explanation first) {
    return new Explanation(
        subject,
        value,
        "words",
        new Derivation(formula, text(all.value()) + " − " + text(first.value()), reason),
        SUM,
        List.of(
            new Amount(all.subject(), all.value()),
            new Amount("W, each word for the first time", -first.value().longValue())),
        List.of(all, first));
  }
}
