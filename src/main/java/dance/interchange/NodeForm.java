package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    Accelerator whole = evaluation.accelerator();
    List<MemoryLevel> levels = new ArrayList<>();
    List<Mapping.Level> loops = new ArrayList<>();
    for (int i = 0; i < whole.levels().size(); i++) {
      MemoryLevel level = whole.levels().get(i);
      Mapping.Level own = evaluation.mapping().levels().get(i);
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
      if (!level.storage().partitions().isEmpty()) {
        all.add("how %s is divided: %s".formatted(level.name(), level.storage().partitions()));
      }
    }
    return all;
  }
}
