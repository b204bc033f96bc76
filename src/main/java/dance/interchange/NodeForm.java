package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.Fanout;
import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.accelerator.Storage;
import dance.accelerator.StorageCosts;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An accelerator with a mapping in the form of nodes: a fan-out is a node of its own between two
 * memories, as {@link TimeloopNodes} reads it, and spatial loops stand there. It counts the same.
 *
 * @param accelerator with the fan-outs as levels that keep nothing
 * @param mapping on it
 */
record NodeForm(Accelerator accelerator, Mapping mapping) {
  private static final String INTER = "inter_";
  private static final String SPATIAL = "_spatial";

  static NodeForm of(Evaluation evaluation) {
    NodeForm parts = divided(evaluation);
    Accelerator whole = parts.accelerator();
    List<MemoryLevel> levels = new ArrayList<>();
    List<Mapping.Level> loops = new ArrayList<>();
    for (int i = 0; i < whole.levels().size(); i++) {
      MemoryLevel level = whole.levels().get(i);
      Mapping.Level own = parts.mapping().levels().get(i);
      boolean fansOut = level.fanoutX() * (long) level.fanoutY() > 1;
      if (isFanout(level) || !fansOut) {
        levels.add(level);
        loops.add(own);
        continue;
      }
      boolean last = i == whole.levels().size() - 1;
      String below = last ? whole.mac().name() : whole.levels().get(i + 1).name();
      levels.add(level.fanout(1, 1).interconnect(Interconnect.IDEAL));
      loops.add(new Mapping.Level(own.temporal(), List.of(), List.of(), own.keeps(), Set.of()));
      levels.add(
          TimeloopNodes.fanout(INTER + below + "_array" + SPATIAL)
              .fanout(level.fanoutX(), level.fanoutY())
              .interconnect(level.interconnect()));
      loops.add(
          new Mapping.Level(List.of(), own.spatialX(), own.spatialY(), Set.of(), own.unicast()));
    }
    return with(whole, levels, loops);
  }

  private static NodeForm with(
      Accelerator whole, List<MemoryLevel> levels, List<Mapping.Level> loops) {
    Accelerator nodes =
        new Accelerator(
            whole.name(),
            levels,
            whole.mac(),
            whole.clockMhz(),
            whole.dataflow(),
            whole.technology(),
            whole.overheads());
    return new NodeForm(nodes, new Mapping(loops).namedAs(nodes));
  }

  /**
   * With a memory of its own for each part of a level that is divided among operands. All loops of
   * the level stand at the last of them: tiles and accesses are the same.
   */
  private static NodeForm divided(Evaluation evaluation) {
    Accelerator whole = evaluation.accelerator();
    List<MemoryLevel> levels = new ArrayList<>();
    List<Mapping.Level> loops = new ArrayList<>();
    for (int i = 0; i < whole.levels().size(); i++) {
      MemoryLevel level = whole.levels().get(i);
      Mapping.Level own = evaluation.mapping().levels().get(i);
      if (!isDivided(whole, level)) {
        levels.add(level);
        loops.add(own);
        continue;
      }
      List<Partition> parts = level.partitions();
      for (int p = 0; p < parts.size(); p++) {
        boolean last = p == parts.size() - 1;
        levels.add(part(level, parts.get(p), last));
        Set<String> keeps = new HashSet<>();
        for (Tensor tensor : evaluation.einsum().tensors()) {
          if (own.keeps().contains(tensor.name())
              && parts.get(p).operands().contains(tensor.role())) {
            keeps.add(tensor.name());
          }
        }
        loops.add(
            last
                ? new Mapping.Level(
                    own.temporal(), own.spatialX(), own.spatialY(), keeps, own.unicast())
                : new Mapping.Level(List.of(), List.of(), List.of(), keeps, Set.of()));
      }
    }
    return with(whole, levels, loops);
  }

  /** The outermost level keeps everything, so that it cannot be divided. */
  private static boolean isDivided(Accelerator whole, MemoryLevel level) {
    return !level.partitions().isEmpty() && level != whole.levels().get(0);
  }

  private static MemoryLevel part(MemoryLevel level, Partition part, boolean last) {
    StorageCosts all = level.costs();
    double share = (double) part.words() / Math.max(1, level.capacityWords());
    StorageCosts own =
        part.costs()
            .orElse(
                new StorageCosts(
                    all.readPj(),
                    all.fillPj(),
                    all.updatePj(),
                    all.leakPjPerCycle() * share,
                    all.areaUm2() * share));
    String operands =
        part.operands().stream()
            .map(operand -> operand.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("_"));
    return new MemoryLevel(
        level.name() + "_" + operands,
        new Storage(
            part.words(),
            level.wordBits(),
            level.lineWords(),
            level.multipleBuffering(),
            level.clusterSize()),
        level.bandwidth(),
        part.operands(),
        last ? level.fanout() : new Fanout(1, 1),
        last ? level.interconnect() : Interconnect.IDEAL,
        own,
        level.source());
  }

  /** Whether a level is the fan-out of a container. */
  static boolean isFanout(MemoryLevel level) {
    return level.keeps().isEmpty()
        && level.name().startsWith(INTER)
        && level.name().endsWith(SPATIAL);
  }

  /** The container whose fan-out a level is. */
  static String container(MemoryLevel level) {
    return level.name().substring(INTER.length(), level.name().length() - SPATIAL.length());
  }

  /** What neither Timeloop's nor AccelForge's format holds of an accelerator. */
  static List<String> notHeld(Accelerator accelerator) {
    List<String> all = new ArrayList<>();
    if (!accelerator.overheads().equals(dance.accelerator.Overheads.NONE)) {
      all.add("overheads (%s)".formatted(accelerator.overheads().source()));
    }
    if (!accelerator.zeros().equals(dance.accelerator.ZeroSavings.NONE)) {
      all.add("savings where operands are zero");
    }
    if (accelerator.mac().leakPjPerCycle() > 0) {
      all.add("leakage of " + accelerator.mac().name());
    }
    for (MemoryLevel level : accelerator.levels()) {
      if (level.interconnect().neighbourLinks()) {
        all.add("links between neighbours below " + level.name());
      }
      if (level.interconnect().systolic() != null) {
        all.add("latency of the systolic array below " + level.name());
      }
      if (!level.bandwidth().networks().isEmpty()) {
        all.add(
            "words per cycle of the networks below %s: %s"
                .formatted(level.name(), level.bandwidth().networks()));
      }
      boolean limited =
          !Double.isInfinite(level.readWordsPerCycle())
              || !Double.isInfinite(level.writeWordsPerCycle())
              || !Double.isInfinite(level.sharedWordsPerCycle());
      if (!isDivided(accelerator, level)) {
        if (!level.partitions().isEmpty()) {
          all.add("how %s is divided: %s".formatted(level.name(), level.partitions()));
        }
        continue;
      }
      if (limited) {
        all.add("that the parts of %s share its ports".formatted(level.name()));
      }
      if (level.partitions().stream().anyMatch(p -> p.bankWords() > 1)) {
        all.add("banks of %s: %s".formatted(level.name(), level.partitions()));
      }
    }
    return all;
  }
}
