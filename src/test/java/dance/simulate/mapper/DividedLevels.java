package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.accelerator.Storage;
import dance.accelerator.StorageCosts;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Accelerators with their on-chip levels divided at random among operands. */
final class DividedLevels {
  private DividedLevels() {}

  /** With pads or regions in place of pools, and a network for an operand, now and then. */
  static Accelerator of(Accelerator accelerator, RandomGenerator random) {
    Accelerator divided = accelerator;
    for (int l = 0; l < accelerator.levels().size(); l++) {
      MemoryLevel level = accelerator.levels().get(l);
      if (l > 0 && !level.keeps().isEmpty() && random.nextInt(4) > 0) {
        level = divided(level, random);
      }
      if (random.nextInt(4) == 0) {
        Operand operand = Operand.values()[random.nextInt(3)];
        level = level.network(operand, 0.25 + random.nextInt(4) * 0.5);
      }
      divided = divided.level(level);
    }
    return divided;
  }

  private static MemoryLevel divided(MemoryLevel level, RandomGenerator random) {
    List<Operand> operands = new ArrayList<>(level.keeps());
    List<Partition> parts = new ArrayList<>();
    boolean pads = random.nextBoolean();
    while (!operands.isEmpty()) {
      Set<Operand> some =
          operands.size() > 1 && random.nextInt(3) == 0
              ? Set.of(operands.remove(0), operands.remove(0))
              : Set.of(operands.remove(0));
      long bank = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
      long words = bank * (1 + random.nextInt((int) Math.max(1, level.capacityWords() / bank)));
      double pj = 2 * random.nextDouble();
      StorageCosts own = new StorageCosts(pj, 1.5 * pj, random.nextDouble(), 0, 0);
      parts.add(new Partition(some, words, bank, pads ? Optional.of(own) : Optional.empty()));
    }
    long all = parts.stream().mapToLong(Partition::words).sum();
    return new MemoryLevel(
        level.name(),
        new Storage(
            all,
            level.wordBits(),
            level.lineWords(),
            level.multipleBuffering(),
            level.clusterSize(),
            parts),
        level.bandwidth(),
        level.keeps(),
        level.fanout(),
        level.interconnect(),
        level.costs(),
        level.source());
  }
}
