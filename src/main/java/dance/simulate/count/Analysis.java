package dance.simulate.count;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.check.Rules;
import dance.cost.Ledger;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The closed form: access counts of a mapping on an accelerator, and their cost.
 *
 * <p>An analysis belongs to one einsum on one accelerator and evaluates any number of mappings. It
 * is not thread-safe.
 */
public final class Analysis {
  private final Einsum einsum;
  private final Accelerator accelerator;
  private final CompiledEinsum shape;
  private final Pricing pricing;

  private Analysis(Einsum einsum, Accelerator accelerator) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    shape = new CompiledEinsum(einsum);
    pricing = new Pricing(shape, accelerator);
  }

  /** The analysis of an einsum on an accelerator. */
  public static Analysis of(Einsum einsum, Accelerator accelerator) {
    return new Analysis(einsum, accelerator);
  }

  /**
   * Counts the accesses of a mapping, whether or not its tiles fit.
   *
   * @throws IllegalArgumentException if the mapping does not fit the einsum or the loops the
   *     accelerator, or if a count exceeds 2⁶³ − 1
   */
  public AccessCounts count(Mapping mapping, Accounting accounting) {
    CompiledMapping nest = CompiledMapping.of(mapping, einsum, accelerator);
    price(nest, accounting);
    return counts(nest);
  }

  /**
   * Evaluates a mapping: access counts, cycles and energy.
   *
   * @throws IllegalArgumentException if the mapping does not fit the einsum or the accelerator
   *     (every level whose tiles exceed its capacity is named, with the amount), or if a count
   *     exceeds 2⁶³ − 1
   */
  public Evaluation evaluate(Mapping mapping, Accounting accounting) {
    CompiledMapping nest = CompiledMapping.of(mapping, einsum, accelerator);
    price(nest, accounting);
    checkCapacity(nest);
    return new Evaluation(
        einsum,
        accelerator,
        mapping,
        accounting,
        counts(nest),
        pricing.cycles,
        pricing.utilization(),
        ledger(nest));
  }

  private void price(CompiledMapping nest, Accounting accounting) {
    try {
      pricing.price(nest, accounting);
    } catch (ArithmeticException overflow) {
      throw tooMany(overflow);
    }
  }

  private Ledger ledger(CompiledMapping nest) {
    try {
      return pricing.ledger(nest);
    } catch (ArithmeticException overflow) {
      throw tooMany(overflow);
    }
  }

  private IllegalArgumentException tooMany(ArithmeticException overflow) {
    return new IllegalArgumentException(
        "a count of " + einsum.name() + " exceeds 2^63 - 1: " + einsum.dimensions(), overflow);
  }

  private void checkCapacity(CompiledMapping nest) {
    Rules rules = new Rules();
    for (int l = 0; l < accelerator.levels().size(); l++) {
      MemoryLevel level = accelerator.levels().get(l);
      if (level.partitions().isEmpty()) {
        checkCapacity(nest, l, EnumSet.allOf(Operand.class), level.usableWords(), 1, rules);
      }
      for (Partition part : level.partitions()) {
        long words = part.words() / level.multipleBuffering();
        checkCapacity(nest, l, part.operands(), words, part.bankWords(), rules);
      }
    }
    rules.check();
  }

  /** Whether the tiles of these operands fit their share of a level. */
  private void checkCapacity(
      CompiledMapping nest, int l, Set<Operand> operands, long usable, long bank, Rules rules) {
    long words = 0;
    List<String> tiles = new ArrayList<>();
    for (int t = 0; t < shape.tensors; t++) {
      Tensor tensor = einsum.tensors().get(t);
      if (nest.keeps[l].contains(t) && operands.contains(tensor.role())) {
        long tile = pricing.counter().tileWords[l * shape.tensors + t];
        words = Math.addExact(words, Math.multiplyExact(-Math.floorDiv(-tile, bank), bank));
        tiles.add(String.format(Locale.ROOT, "%,d of %s", tile, tensor.name()));
      }
    }
    if (words > usable) {
      MemoryLevel level = accelerator.levels().get(l);
      rules.require(
          false,
          "tiles of %,d words (%s)%s do not fit %s (%,d words%s%s): %,d words too many",
          words,
          String.join(", ", tiles),
          bank == 1 ? "" : " in whole banks",
          level.name(),
          usable,
          level.partitions().isEmpty() ? "" : " for " + lower(operands),
          level.multipleBuffering() > 1
              ? " after " + level.multipleBuffering() + "-fold buffering"
              : "",
          words - usable);
    }
  }

  private static String lower(Set<Operand> operands) {
    return operands.stream()
        .map(operand -> operand.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" and "));
  }

  private AccessCounts counts(CompiledMapping nest) {
    Counter counter = pricing.counter();
    List<AccessCounts.Level> levels = new ArrayList<>();
    for (int l = 0; l < accelerator.levels().size(); l++) {
      List<AccessCounts.Tensor> tensors = new ArrayList<>();
      for (int t = 0; t < shape.tensors; t++) {
        if (nest.keeps[l].contains(t)) {
          int cell = l * shape.tensors + t;
          tensors.add(
              new AccessCounts.Tensor(
                  einsum.tensors().get(t).name(),
                  counter.tileWords[cell],
                  counter.reads[cell],
                  counter.fills[cell],
                  counter.updates[cell]));
        }
      }
      levels.add(
          new AccessCounts.Level(
              accelerator.levels().get(l).name(), counter.instances[l], tensors));
    }
    return new AccessCounts(
        einsum.points(),
        counter.computeCycles,
        counter.instances[accelerator.levels().size()],
        levels);
  }
}
