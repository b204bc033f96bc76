package dance.accelerator;

import dance.workload.Operand;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Words per cycle of one instance of a memory; infinite where unlimited.
 *
 * @param readWordsPerCycle of reads
 * @param writeWordsPerCycle of fills and updates together
 * @param sharedWordsPerCycle of a port that serves reads and writes
 * @param networks of an operand's own network to and from the instances inside, in each direction:
 *     of its reads, and of its updates; operands that are not named have none
 */
public record Bandwidth(
    double readWordsPerCycle,
    double writeWordsPerCycle,
    double sharedWordsPerCycle,
    Map<Operand, Double> networks) {
  /** No limit. */
  public static final Bandwidth UNLIMITED =
      new Bandwidth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Bandwidth {
    Map<Operand, Double> copy = new EnumMap<>(Operand.class);
    copy.putAll(networks);
    networks = Collections.unmodifiableMap(copy);
  }

  /** Without networks of single operands. */
  public Bandwidth(
      double readWordsPerCycle, double writeWordsPerCycle, double sharedWordsPerCycle) {
    this(readWordsPerCycle, writeWordsPerCycle, sharedWordsPerCycle, Map.of());
  }

  /** Words per cycle of an operand's network, in each direction; infinite if it has none. */
  public double network(Operand operand) {
    return networks.getOrDefault(operand, Double.POSITIVE_INFINITY);
  }

  Bandwidth ports(double read, double write) {
    return new Bandwidth(read, write, sharedWordsPerCycle, networks);
  }

  Bandwidth shared(double wordsPerCycle) {
    return new Bandwidth(readWordsPerCycle, writeWordsPerCycle, wordsPerCycle, networks);
  }

  Bandwidth network(Operand operand, double wordsPerCycle) {
    Map<Operand, Double> more = new EnumMap<>(Operand.class);
    more.putAll(networks);
    more.put(operand, wordsPerCycle);
    return new Bandwidth(readWordsPerCycle, writeWordsPerCycle, sharedWordsPerCycle, more);
  }

  Bandwidth times(double factor) {
    Map<Operand, Double> other = new EnumMap<>(Operand.class);
    networks.forEach((operand, words) -> other.put(operand, words * factor));
    return new Bandwidth(
        readWordsPerCycle * factor,
        writeWordsPerCycle * factor,
        sharedWordsPerCycle * factor,
        other);
  }
}
