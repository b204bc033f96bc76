package dance.accelerator;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.List;

/** Changes the word width of an accelerator. */
final class WordWidth {
  private WordWidth() {}

  static Accelerator of(Accelerator accelerator, int bits) {
    String name = accelerator.name();
    Rules rules = new Rules();
    rules.require(bits >= 1, "words of %s (%d bits) must have at least 1", name, bits);
    List<Integer> widths =
        accelerator.levels().stream().map(MemoryLevel::wordBits).distinct().toList();
    rules.require(
        widths.size() == 1,
        "levels of %s have words of %s bits: no one width says what becomes of each. Maybe change"
            + " them level by level.",
        name,
        widths);
    Technology technology = technology(accelerator);
    int now = widths.get(0);
    rules.require(
        technology != null && technology.mac(now).equals(accelerator.mac()),
        "MAC unit of %s is not one that its technology derives: give one with .mac(…)",
        name);
    List<MemoryLevel> levels = new ArrayList<>();
    if (bits >= 1) {
      accelerator.levels().forEach(l -> levels.add(rules.tried(() -> level(l, bits))));
    }
    rules.check();
    MacUnit mac = technology.mac(bits);
    return new Accelerator(
        name,
        Hops.again(accelerator, levels, mac),
        mac,
        accelerator.clockMhz(),
        accelerator.dataflow(),
        accelerator.technology(),
        accelerator.overheads(),
        accelerator.zeros());
  }

  /** The technology whose rules the levels use; null if there is none. */
  private static Technology technology(Accelerator accelerator) {
    for (Technology technology : Technology.all()) {
      if (technology.label().equals(accelerator.technology())) {
        return technology;
      }
    }
    for (MemoryLevel level : accelerator.levels()) {
      if (level.source() instanceof CostSource.Sram sram) {
        return sram.technology();
      }
      if (level.source() instanceof CostSource.Registers registers) {
        return registers.technology();
      }
    }
    return null;
  }

  private static MemoryLevel level(MemoryLevel level, int bits) {
    int now = level.wordBits();
    if (level.source() instanceof CostSource.Given && !level.costs().equals(StorageCosts.FREE)) {
      throw new IllegalArgumentException(
          level.name()
              + " has energies, leakage and area ("
              + level.source().text()
              + ") that no rule derives for words of "
              + bits
              + " bits");
    }
    boolean registers = level.source() instanceof CostSource.Registers;
    Storage s = level.storage();
    long words =
        registers || s.capacityWords() == MemoryLevel.UNBOUNDED
            ? s.capacityWords()
            : Math.multiplyExact(s.capacityWords(), (long) now) / bits;
    int line = registers ? s.lineWords() : Math.max(1, s.lineWords() * now / bits);
    Storage other = s.capacityWords(words).wordBits(bits).lineWords(line);
    Interconnect network = level.interconnect();
    return level
        .storage(other)
        .bandwidth(level.bandwidth().times((double) now / bits))
        .interconnect(network.equals(Interconnect.IDEAL) ? network : network.wordBits(bits));
  }
}
