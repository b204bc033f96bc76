package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.LoopNest;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a mapping in the format that {@link TimeloopMapping} and Timeloop read. */
public final class TimeloopMappingWriter {
  private final Einsum einsum;
  private final Accelerator accelerator;

  private TimeloopMappingWriter(Einsum einsum, Accelerator accelerator) {
    this.einsum = einsum;
    this.accelerator = accelerator;
  }

  /**
   * The text of a mapping file: kept data spaces, then loops, innermost level first. Partial last
   * passes are written as Timeloop's imperfect factors.
   *
   * @throws IllegalArgumentException if a level has two temporal, or two spatial, loops of one
   *     dimension, which the format does not support
   */
  public static String write(Mapping mapping, Einsum einsum, Accelerator accelerator) {
    return new TimeloopMappingWriter(einsum, accelerator).write(mapping);
  }

  private String write(Mapping mapping) {
    LoopNest nest = LoopNest.of(einsum, accelerator, mapping);
    StringBuilder text = new StringBuilder("mapping:\n");
    for (int i = mapping.levels().size() - 1; i >= 0; i--) {
      bypass(text, accelerator.levels().get(i), mapping.levels().get(i).keeps());
    }
    for (int i = mapping.levels().size() - 1; i >= 0; i--) {
      MemoryLevel level = accelerator.levels().get(i);
      List<LoopNest.Loop> loops = nest.levels().get(i).loops();
      if (level.fanoutX() * (long) level.fanoutY() > 1) {
        List<LoopNest.Loop> onX = innermostFirst(loops, LoopNest.Place.SPATIAL_X);
        List<LoopNest.Loop> all = new ArrayList<>(onX);
        all.addAll(innermostFirst(loops, LoopNest.Place.SPATIAL_Y));
        text.append(line(level, "spatial", all)).append(", split: ").append(onX.size());
        Set<String> unicast = mapping.levels().get(i).unicast();
        if (!unicast.isEmpty()) {
          text.append(", no_reuse: ").append(names(unicast::contains));
        }
        text.append("}\n");
      }
      text.append(line(level, "temporal", innermostFirst(loops, LoopNest.Place.TEMPORAL)))
          .append("}\n");
    }
    return text.toString();
  }

  private void bypass(StringBuilder text, MemoryLevel level, Set<String> keeps) {
    text.append("- {target: ")
        .append(scalar(level.name()))
        .append(", type: datatype, keep: ")
        .append(names(keeps::contains))
        .append(", bypass: ")
        .append(names(t -> !keeps.contains(t)))
        .append("}\n");
  }

  private String names(java.util.function.Predicate<String> which) {
    return einsum.tensors().stream()
        .map(Tensor::name)
        .filter(which)
        .map(TimeloopMappingWriter::scalar)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String line(MemoryLevel level, String type, List<LoopNest.Loop> innermostFirst) {
    Map<String, LoopNest.Loop> byDimension = new HashMap<>();
    Set<String> order = new LinkedHashSet<>();
    Set<String> twice = new HashSet<>();
    for (LoopNest.Loop loop : innermostFirst) {
      if (byDimension.put(loop.dimension(), loop) != null) {
        twice.add(loop.dimension());
      }
      order.add(loop.dimension());
    }
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(
          level.name() + " has two " + type + " loops of " + twice + ": the format has one");
    }
    List<String> factors = new ArrayList<>();
    for (Einsum.Loop dimension : einsum.dimensions()) {
      LoopNest.Loop loop = byDimension.get(dimension.dimension());
      order.add(dimension.dimension());
      String bound = loop == null ? "1" : "" + loop.bound();
      String last = loop == null || loop.last() == loop.bound() ? "" : "," + loop.last();
      factors.add(dimension.dimension() + "=" + bound + last);
    }
    boolean letters = order.stream().allMatch(d -> d.length() == 1);
    return "- {target: "
        + scalar(level.name())
        + ", type: "
        + type
        + ", factors: '"
        + String.join(" ", factors)
        + "', permutation: "
        + (letters ? String.join("", order) : order.stream().toList().toString());
  }

  private static List<LoopNest.Loop> innermostFirst(
      List<LoopNest.Loop> loops, LoopNest.Place place) {
    List<LoopNest.Loop> chosen =
        new ArrayList<>(loops.stream().filter(l -> l.place() == place).toList());
    Collections.reverse(chosen);
    return chosen;
  }

  /** A plain scalar if possible, else in quotes. */
  static String scalar(String word) {
    boolean plain =
        word.matches("[A-Za-z_][A-Za-z0-9_]*")
            && !word.matches("(?i)[yn]|yes|no|on|off|true|false|null");
    return plain ? word : "'" + word.replace("'", "''") + "'";
  }
}
