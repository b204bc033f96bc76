package dance.simulate.explain;

import static dance.simulate.explain.Explanation.How.PRODUCT;
import static dance.simulate.explain.Explanation.How.SUM;

import dance.simulate.count.AffineSets;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Explains tiles, and the words that enter when loops advance. */
final class ExplainedTiles {
  private final ExplainedNest nest;
  private final ExplainedFactors factors;

  ExplainedTiles(ExplainedNest nest, ExplainedFactors factors) {
    this.nest = nest;
    this.factors = factors;
  }

  /** Words of the largest tile of one instance. */
  Explanation tile(int level, int t) {
    long[] extent = nest.counter.extents(level);
    List<Term> terms = new ArrayList<>();
    boolean gaps = false;
    for (int a = 0; a < nest.shape.axisDimensions[t].length; a++) {
      int[] dims = nest.shape.axisDimensions[t][a];
      long elements = nest.counter.axisSize(t, a, extent);
      if (elements > 1) {
        List<String> extents = new ArrayList<>();
        long[] sizes = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
          sizes[i] = extent[dims[i]];
          extents.add(nest.dimension(dims[i]) + "=" + sizes[i]);
        }
        String name = "elements along " + nest.axis(t, a) + " (" + String.join(", ", extents) + ")";
        terms.add(new Amount(name, elements));
        gaps |= elements > AffineSets.size(nest.shape.axisCoefficients[t][a], sizes, dims.length);
      }
    }
    return new Explanation(
        nest.level(level) + " tile of " + nest.tensor(t),
        nest.counter.tile(t, level),
        "words",
        new Derivation(
            "|tile| = ∏ axes elements",
            product(terms),
            "What the loops at "
                + nest.level(level)
                + " and inside it touch."
                + (gaps ? " Timeloop counts gaps between them as words." : "")),
        PRODUCT,
        terms,
        List.of());
  }

  /** Words that one instance receives, if all instances behave alike. */
  Explanation each(int inner, int t) {
    boolean output = t == nest.shape.output;
    String subject =
        nest.tensor(t)
            + (output ? " passing through one " : " received by one ")
            + nest.level(inner);
    return moves(subject, nest.counter.entering(t, inner), inner, t);
  }

  /** Words that all instances of a level receive. */
  Explanation received(String subject, int inner, int t) {
    long value = nest.counter.received(t, inner);
    long instances = nest.counter.instances[inner];
    if (!nest.counter.isPerfect()) {
      List<Term> terms = nest.moves(t, inner, () -> nest.counter.received(t, inner));
      String reason = partialReason("Summed over the " + count(instances, inner) + " in use.");
      return partialMoves(subject, value, reason, terms);
    }
    if (instances == 1) {
      return moves(subject, value, inner, t);
    }
    Explanation each = each(inner, t);
    return new Explanation(
        subject,
        value,
        "words",
        new Derivation(
            (t == nest.shape.output ? "passing through one " : "received by one ")
                + nest.level(inner)
                + " · instances in use",
            text(each.value()) + " · " + text(instances),
            "All instances do alike."),
        PRODUCT,
        List.of(new Amount(each.subject(), each.value()), factors.instancesTerm(inner)),
        List.of(each, factors.instances(inner)));
  }

  private Explanation moves(String subject, long value, int inner, int t) {
    List<Term> terms = nest.moves(t, inner, () -> nest.counter.entering(t, inner));
    String sum =
        terms.stream()
            .map(
                term ->
                    term instanceof Explanation.Moves m
                        ? text(m.times())
                            + " · ("
                            + text(m.words())
                            + " − "
                            + text(m.overlap())
                            + ")"
                        : text(term.value()))
            .collect(Collectors.joining(" + "));
    String level = nest.level(inner);
    String reason =
        terms.size() == 1
            ? "No temporal loop lies outside " + level + ": there is one tile."
            : "Whenever a loop outside "
                + level
                + (t == nest.shape.output
                    ? " advances, the words leave that the next tile does not hold, and others"
                        + " come."
                    : " advances, the words come in that the tile before did not hold.");
    return new Explanation(
        subject,
        value,
        "words",
        new Derivation(
            terms.size() == 1
                ? "|tile|"
                : "|tile| + Σ loops (b − 1) · ∏outer b · (|tile| − overlap)",
            sum,
            reason),
        SUM,
        terms,
        List.of(tile(inner, t)));
  }

  /** A count that sums the moves of partial tiles. */
  Explanation partialMoves(String subject, long value, String reason, List<Term> terms) {
    String sum =
        terms.stream()
            .map(
                term ->
                    term instanceof Explanation.PartialMoves m
                        ? "(" + text(m.words()) + " − " + text(m.overlap()) + ")"
                        : text(term.value()))
            .collect(Collectors.joining(" + "));
    return new Explanation(
        subject,
        value,
        "words",
        new Derivation(
            "Σ |tile| of first tiles + Σ loops Σ advances (|tile| − overlap)", sum, reason),
        SUM,
        terms,
        List.of());
  }

  /** A sentence, with the note on partial last tiles where it applies. */
  String partialReason(String sentence) {
    return sentence
        + " Last tiles are partial, so that instances differ: words and overlap are sums over them."
        + (nest.boxes() ? " Tiles are their bounding boxes, as Timeloop has it." : "");
  }

  private String count(long instances, int level) {
    return String.format(Locale.ROOT, "%,d instances of %s", instances, nest.level(level));
  }

  static String product(List<Term> terms) {
    return terms.isEmpty()
        ? "1"
        : terms.stream().map(t -> text(t.value())).collect(Collectors.joining(" · "));
  }

  static String text(Number value) {
    return ExplanationText.number(value);
  }
}
