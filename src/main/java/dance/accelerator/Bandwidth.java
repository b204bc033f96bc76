package dance.accelerator;

import dance.check.Rules;
import dance.workload.Operand;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Words per cycle of one instance of a memory; infinite where unlimited.
 *
 * @param readWordsPerCycle of reads
 * @param writeWordsPerCycle of fills and updates together
 * @param sharedWordsPerCycle of a port that serves reads and writes
 * @param networks of an operand's own network to and from the instances inside, in each direction:
 *     of its reads, and of its updates; operands that are not named have none
 * @param waits operands with a network whose words do not arrive while MACs work: the instances
 *     inside wait for them, as PEs for filters before inputs can slide past
 */
public record Bandwidth(
    double readWordsPerCycle,
    double writeWordsPerCycle,
    double sharedWordsPerCycle,
    Map<Operand, Double> networks,
    Set<Operand> waits) {
  /** No limit. */
  public static final Bandwidth UNLIMITED =
      new Bandwidth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * @throws IllegalArgumentException if instances wait for an operand that has no network
   */
  public Bandwidth {
    Map<Operand, Double> copy = new EnumMap<>(Operand.class);
    copy.putAll(networks);
    networks = Collections.unmodifiableMap(copy);
    EnumSet<Operand> waiting = EnumSet.noneOf(Operand.class);
    waiting.addAll(waits);
    waits = Collections.unmodifiableSet(waiting);
    new Rules()
        .require(
            networks.keySet().containsAll(waits),
            "instances can wait only for operands with a network, %s, not for %s",
            networks.keySet(),
            waits)
        .check();
  }

  /** Without networks of single operands. */
  public Bandwidth(
      double readWordsPerCycle, double writeWordsPerCycle, double sharedWordsPerCycle) {
    this(readWordsPerCycle, writeWordsPerCycle, sharedWordsPerCycle, Map.of(), Set.of());
  }

  /** Words per cycle of an operand's network, in each direction; infinite if it has none. */
  public double network(Operand operand) {
    return networks.getOrDefault(operand, Double.POSITIVE_INFINITY);
  }

  Bandwidth ports(double read, double write) {
    return new Bandwidth(read, write, sharedWordsPerCycle, networks, waits);
  }

  Bandwidth shared(double wordsPerCycle) {
    return new Bandwidth(readWordsPerCycle, writeWordsPerCycle, wordsPerCycle, networks, waits);
  }

  Bandwidth network(Operand operand, double wordsPerCycle) {
    Map<Operand, Double> more = new EnumMap<>(Operand.class);
    more.putAll(networks);
    more.put(operand, wordsPerCycle);
    return new Bandwidth(readWordsPerCycle, writeWordsPerCycle, sharedWordsPerCycle, more, waits);
  }

  Bandwidth waits(Set<Operand> operands) {
    return new Bandwidth(
        readWordsPerCycle, writeWordsPerCycle, sharedWordsPerCycle, networks, operands);
  }

  Bandwidth times(double factor) {
    Map<Operand, Double> other = new EnumMap<>(Operand.class);
    networks.forEach((operand, words) -> other.put(operand, words * factor));
    return new Bandwidth(
        readWordsPerCycle * factor,
        writeWordsPerCycle * factor,
        sharedWordsPerCycle * factor,
        other,
        waits);
  }
}
