package dance.bench;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How long the mapper takes for the layers of a network, each shape once, and how many it proves.
 *
 * <p>Times are CPU seconds of the calling thread, which other work on the machine hardly changes.
 * Machines differ: the rate of a loop of arithmetic beside them is of the same machine at the same
 * time, so that figures of two machines can be compared as CPU seconds × rate.
 *
 * @param network name
 * @param accelerator name, with its dataflow
 * @param shapes distinct layers
 * @param unproven those whose mapping is not proven optimal
 * @param largestGap largest upper bound of the relative improvement of any layer
 * @param cpuSeconds of all layers
 * @param slowestSeconds of the layer that takes the longest
 * @param calibrationPerSecond as in {@link TableSpeed}
 */
public record MapperBenchmark(
    String network,
    String accelerator,
    int shapes,
    int unproven,
    double largestGap,
    double cpuSeconds,
    double slowestSeconds,
    double calibrationPerSecond) {
  /** Maps each shape of a network by EDP, on one core. */
  public static MapperBenchmark of(Network network, Accelerator accelerator, Effort effort) {
    Set<Object> shapes = new HashSet<>();
    int unproven = 0;
    double largestGap = 0;
    double longest = 0;
    double begin = cpuNow();
    for (Layer layer : network.layers()) {
      Einsum einsum = layer.einsum();
      if (!shapes.add(List.of(einsum.dimensions(), einsum.tensors(), einsum.operation()))) {
        continue;
      }
      double before = cpuNow();
      MappingResult found =
          Mapper.best(
              Dataflows.space(einsum, accelerator), Objective.EDP, Accounting.EXACT, effort);
      double seconds = cpuNow() - before;
      longest = Math.max(longest, seconds);
      unproven += found.optimal() ? 0 : 1;
      largestGap = found.optimal() ? largestGap : Math.max(largestGap, found.gap());
    }
    return new MapperBenchmark(
        network.name(),
        accelerator.name() + ", " + accelerator.dataflow().label(),
        shapes.size(),
        unproven,
        largestGap,
        cpuNow() - begin,
        longest,
        TableSpeed.calibration());
  }

  /** The template of 14 × 12 PEs with 16 words each, in each of the named dataflows. */
  public static List<Accelerator> templates() {
    List<Accelerator> templates = new ArrayList<>();
    for (Dataflow dataflow :
        List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY)) {
      templates.add(Accelerators.template(14, 12, 16, dataflow));
    }
    return templates;
  }

  private static double cpuNow() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
