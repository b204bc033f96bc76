package dance.simulate.explain;

import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Contributions;
import dance.simulate.count.Counter;
import dance.simulate.count.Pricing;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Moves;
import dance.simulate.explain.Explanation.PartialMoves;
import dance.simulate.explain.Explanation.Term;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.LoopNest;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluated nest, counted again with a listener for the contributions, with the names of its
 * loops, axes and levels.
 */
final class ExplainedNest {
  final Evaluation evaluation;
  final CompiledEinsum shape;
  final CompiledMapping nest;
  final Pricing pricing;
  final Counter counter;

  /** Number of memory levels, which is also the index of the MAC units. */
  final int levels;

  private final List<String> loops = new ArrayList<>();

  ExplainedNest(Evaluation evaluation) {
    this.evaluation = evaluation;
    shape = new CompiledEinsum(evaluation.einsum());
    nest = CompiledMapping.of(evaluation.mapping(), evaluation.einsum(), evaluation.accelerator());
    pricing = new Pricing(shape, evaluation.accelerator());
    pricing.price(nest, evaluation.accounting());
    counter = pricing.counter();
    levels = nest.levels;
    LoopNest named =
        LoopNest.of(evaluation.einsum(), evaluation.accelerator(), evaluation.mapping());
    for (LoopNest.Level level : named.levels()) {
      for (LoopNest.Loop loop : level.loops()) {
        if (loop.bound() > 1) {
          loops.add(loop + " at " + level.name());
        }
      }
    }
  }

  boolean boxes() {
    return evaluation.accounting() == Accounting.TIMELOOP;
  }

  boolean keeps(int level, int t) {
    return nest.keeps[level].contains(t);
  }

  /** Whether the instances between two levels share no access. */
  boolean isUnicast(int outer, int inner, int t) {
    for (int l = outer; l < inner; l++) {
      if (nest.unicast[l].contains(t)) {
        return true;
      }
    }
    return false;
  }

  boolean isTemporal(int loop) {
    return nest.kind[loop] == CompiledMapping.TEMPORAL;
  }

  /** {@link Counter#inside}. */
  int inside(int level, int t) {
    return counter.inside(t, level);
  }

  /** The next-outer level that keeps a tensor. */
  int outside(int level, int t) {
    int outer = level - 1;
    while (!keeps(outer, t)) {
      outer--;
    }
    return outer;
  }

  /** Name of a memory level, or of the MAC units. */
  String level(int level) {
    return level == levels
        ? evaluation.accelerator().mac().name()
        : evaluation.accelerator().levels().get(level).name();
  }

  String tensor(int t) {
    return evaluation.einsum().tensors().get(t).name();
  }

  String dimension(int d) {
    return evaluation.einsum().dimensions().get(d).dimension();
  }

  /** A loop, such as {@code for P in [0:16) at GLB}. */
  String loop(int i) {
    return loops.get(i);
  }

  /** An axis without its dimensions of bound 1, such as {@code 2·P+R}; empty if none is left. */
  String axis(int t, int a) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < shape.axisDimensions[t][a].length; i++) {
      int c = shape.axisCoefficients[t][a][i];
      String name = dimension(shape.axisDimensions[t][a][i]);
      terms.add(c == 1 ? name : c + "·" + name);
    }
    return String.join("+", terms);
  }

  /** Names of the axes and dimensions that contribute a factor. */
  interface FactorNames {
    String axis(int axis, String name);

    String dimension(String name);
  }

  /** Factors of a number that is a product over axes and dimensions; ones are left out. */
  List<Term> factors(int t, FactorNames names, Runnable number) {
    List<Term> terms = new ArrayList<>();
    listen(
        number,
        new Factors() {
          @Override
          public void axis(int axis, long factor) {
            add(names.axis(axis, ExplainedNest.this.axis(t, axis)), factor);
          }

          @Override
          public void dimension(int dimension, long factor) {
            add(names.dimension(ExplainedNest.this.dimension(dimension)), factor);
          }

          private void add(String name, long factor) {
            if (factor != 1) {
              terms.add(new Amount(name, factor));
            }
          }
        });
    return terms;
  }

  /** First tiles, and the moves of every loop outside a level, the innermost first. */
  List<Term> moves(int t, int inner, Runnable number) {
    List<Term> first = new ArrayList<>();
    List<Integer> movers = new ArrayList<>();
    List<Term> moves = new ArrayList<>();
    listen(
        number,
        new Factors() {
          @Override
          public void first(long words) {
            first.add(new Amount(counter.isPerfect() ? "the first tile" : "first tiles", words));
          }

          @Override
          public void advance(
              int loop, long times, long words, long overlap, long[] move, boolean credited) {
            moves.add(new Moves(loop(loop), times, words, overlap, way(t, move, credited)));
          }

          @Override
          public void advance(int loop, long words, long overlap) {
            movers.add(loop);
            moves.add(new PartialMoves(loop(loop), 0, words, overlap));
          }
        });
    for (int i = 0; i < movers.size(); i++) {
      PartialMoves m = (PartialMoves) moves.get(i);
      long times = counter.partial().advances(movers.get(i), inner);
      moves.set(i, new PartialMoves(m.part(), times, m.words(), m.overlap()));
    }
    first.addAll(moves);
    return first;
  }

  private String way(int t, long[] move, boolean credited) {
    List<String> steps = new ArrayList<>();
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      if (move[a] != 0) {
        String sign = move[a] > 0 ? "+" : "−";
        steps.add(sign + ExplanationText.number(Math.abs(move[a])) + " along " + axis(t, a));
      }
    }
    if (steps.isEmpty()) {
      return "the tile stays";
    }
    String text = "moves by " + String.join(" and ", steps);
    return credited ? text : text + ", not as in the step before: Timeloop credits no overlap";
  }

  private void listen(Runnable number, Contributions listener) {
    counter.listen(listener);
    try {
      number.run();
    } finally {
      counter.listen(null);
    }
  }

  /** Ignores contributions that an explanation does not need. */
  private abstract static class Factors implements Contributions {
    @Override
    public void first(long words) {}

    @Override
    public void advance(
        int loop, long times, long words, long overlap, long[] move, boolean credited) {}

    @Override
    public void advance(int loop, long words, long overlap) {}

    @Override
    public void axis(int axis, long factor) {}

    @Override
    public void dimension(int dimension, long factor) {}
  }
}
