package dance.accelerator;

import dance.check.Rules;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words of a memory level that are reserved for some operands: a scratch pad of their own, or some
 * banks of one memory.
 *
 * @param operands roles of the tensors that share the words
 * @param words of one instance before multiple buffering
 * @param bankWords words of a bank, which holds one operand only: each takes whole banks; 1 if they
 *     share freely
 * @param costs of a memory of its own; empty for a part of the level's memory, whose accesses cost
 *     what the level's do
 */
public record Partition(
    Set<Operand> operands, long words, long bankWords, Optional<StorageCosts> costs) {

  /**
   * @throws IllegalArgumentException if it has no operand, or its words are not whole banks
   */
  public Partition {
    EnumSet<Operand> copy = EnumSet.noneOf(Operand.class);
    copy.addAll(operands);
    operands = Collections.unmodifiableSet(copy);
    new Rules()
        .require(!operands.isEmpty(), "a partition needs an operand")
        .require(words >= 0, "partition of %s (%d words) is negative", operands, words)
        .require(
            bankWords >= 1 && words % Math.max(1, bankWords) == 0,
            "partition of %s (%d words) must be whole banks of %d words",
            operands,
            words,
            bankWords)
        .check();
  }

  /** A memory of its own, its costs yet to be derived from its size. */
  public static Partition pad(Operand operand, long words) {
    return new Partition(Set.of(operand), words, 1, Optional.of(StorageCosts.FREE));
  }

  /** A part of the level's memory. */
  public static Partition region(long words, Operand... operands) {
    return new Partition(Set.of(operands), words, 1, Optional.empty());
  }

  /** In banks of this many words, each for one operand. */
  public Partition banks(long wordsOfBank) {
    return new Partition(operands, words, wordsOfBank, costs);
  }

  /** Of a memory of another capacity: whole banks of the same size, the other regions the rest. */
  static List<Partition> ofCapacity(List<Partition> parts, long capacity) {
    long before = parts.stream().mapToLong(Partition::words).sum();
    long left = capacity;
    long free = 0;
    for (Partition part : parts) {
      left -= part.bankWords == 1 ? 0 : part.banksOf(capacity, before);
      free += part.bankWords == 1 ? part.words : 0;
    }
    List<Partition> scaled = new ArrayList<>();
    for (Partition part : parts) {
      long words = part.banksOf(capacity, before);
      if (part.bankWords == 1) {
        words = part.words == free ? left : Math.multiplyExact(left, part.words) / free;
        left -= words;
        free -= part.words;
      }
      scaled.add(new Partition(part.operands, words, part.bankWords, part.costs));
    }
    return scaled;
  }

  private long banksOf(long capacity, long before) {
    return Math.multiplyExact(words, capacity) / before / bankWords * bankWords;
  }

  /** With words of another width: banks keep their number, pads and regions their share. */
  Partition scaled(long capacity, long before) {
    return capacity == before
        ? this
        : new Partition(
            operands,
            Math.multiplyExact(words, capacity) / before,
            Math.max(1, Math.multiplyExact(bankWords, capacity) / before),
            costs);
  }

  /** With these costs. */
  Partition costs(StorageCosts known) {
    return new Partition(operands, words, bankWords, Optional.of(known));
  }

  /** Words that a tile takes: whole banks. */
  public long taken(long tileWords) {
    return Math.multiplyExact(-Math.floorDiv(-tileWords, bankWords), bankWords);
  }

  /** {@code 224 weight}, {@code 51,200 input, output in banks of 2,048}. */
  @Override
  public String toString() {
    String text =
        String.format(Locale.ROOT, "%,d ", words)
            + operands.stream()
                .map(operand -> operand.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("/"));
    return bankWords == 1 ? text : text + String.format(Locale.ROOT, " in banks of %,d", bankWords);
  }
}
