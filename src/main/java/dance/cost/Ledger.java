package dance.cost;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Energy by account. The total is the sum of the entries in order, in plain double arithmetic, and
 * so reproducible to the last bit.
 *
 * @param entries outermost level first; within a level by operand, then by action
 */
public record Ledger(List<Entry> entries) {

  /** What was done. */
  public enum Action {
    /** Lines read from a level. */
    READ,
    /** Lines written into a level from the level outside it. */
    FILL,
    /** Lines of results written into a level from inside it. */
    UPDATE,
    /** Wires and routers between a level and the instances below. */
    TRANSFER,
    /** Leakage, proportional to time. */
    LEAK,
    /** Arithmetic of the MAC units. */
    COMPUTE,
    /** Clock and control of the units that work, proportional to their operations. */
    OPERATE,
    /** Clock and control of the accelerator, proportional to time. */
    FLOOR
  }

  /**
   * One account.
   *
   * @param level memory level, or the MAC unit
   * @param operand tensor; empty where none is concerned
   * @param action what was done
   * @param count accesses, words or cycles, over all instances
   * @param energyPj energy of all of them
   */
  public record Entry(String level, String operand, Action action, long count, double energyPj) {}

  /** Copies the list: the record is immutable. */
  public Ledger {
    entries = List.copyOf(entries);
  }

  /** Sum of all entries, in order. */
  public double totalPj() {
    double total = 0;
    for (Entry entry : entries) {
      total += entry.energyPj();
    }
    return total;
  }

  /** Energy by level, in order of first appearance. */
  public Map<String, Double> byLevel() {
    return sumBy(Entry::level);
  }

  /**
   * Energy by operand, in order of first appearance; entries without an operand have the empty
   * name.
   */
  public Map<String, Double> byOperand() {
    return sumBy(Entry::operand);
  }

  private Map<String, Double> sumBy(Function<Entry, String> key) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (Entry entry : entries) {
      sums.merge(key.apply(entry), entry.energyPj(), Double::sum);
    }
    return sums;
  }
}
