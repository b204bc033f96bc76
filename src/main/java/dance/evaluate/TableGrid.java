package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The cells of a table while it is being built: layers × designs, in parts: a layer with
 * consecutive designs each of the order in which they are evaluated.
 */
final class TableGrid {
  /**
   * Maximum number of designs of a part: all array sizes of DANCE's space, which the simulator maps
   * together. Parts of large spaces are as large as what is mapped together.
   */
  static final int PART = 289;

  private final NetworkSpace networks;
  private final AcceleratorSpace designs;
  private final List<Layer> layers;
  private final List<Accelerator> accelerators;

  /** Designs in the order of evaluation, so that models can reuse most. */
  private final int[] order;

  /** Where each part begins in this order, and the last one ends. */
  private final int[] begin;

  private final float[][] latencyMs;
  private final float[][] energyMj;

  TableGrid(NetworkSpace networks, AcceleratorSpace designs) {
    this.networks = networks;
    this.designs = designs;
    layers = networks.distinctLayers();
    accelerators = LargeSpaces.accelerators(designs);
    if (LargeSpaces.is(designs.size())) {
      int[][] groups = LargeSpaces.groups(designs);
      order = Arrays.stream(groups).flatMapToInt(Arrays::stream).toArray();
      begin = begin(Arrays.stream(groups).mapToInt(g -> g.length).toArray());
    } else {
      order = order(accelerators);
      begin =
          IntStream.rangeClosed(0, (order.length + PART - 1) / PART)
              .map(part -> Math.min(part * PART, order.length))
              .toArray();
    }
    latencyMs = new float[layers.size()][designs.size()];
    energyMj = new float[layers.size()][designs.size()];
  }

  /** Parts of a group or several, which are not larger than they must be. */
  private static int[] begin(int[] groups) {
    IntStream.Builder begin = IntStream.builder().add(0);
    int from = 0;
    int to = 0;
    for (int designs : groups) {
      if (to > from && to + designs > from + PART) {
        begin.add(to);
        from = to;
      }
      to += designs;
    }
    return begin.add(to).build().toArray();
  }

  /** Groups designs that differ in array size only, in list order. */
  private static int[] order(List<Accelerator> accelerators) {
    Map<Accelerator, List<Integer>> alike = new LinkedHashMap<>();
    for (int i = 0; i < accelerators.size(); i++) {
      alike.computeIfAbsent(accelerators.get(i).withoutArrays(), a -> new ArrayList<>()).add(i);
    }
    return alike.values().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }

  String name() {
    return networks.name() + " × " + designs.name();
  }

  List<Layer> layers() {
    return layers;
  }

  /** Number of parts of a layer. */
  int parts() {
    return begin.length - 1;
  }

  /** Number of designs of a part. */
  int designs(int part) {
    return begin[part + 1] - begin[part];
  }

  /** Position of the first design of a part in the order of evaluation. */
  int first(int part) {
    return begin[part];
  }

  /** The part of these costs. */
  int index(TablePart part) {
    return Arrays.binarySearch(begin, part.first());
  }

  /** The designs of a part. */
  List<Accelerator> accelerators(int part) {
    return IntStream.range(begin[part], begin[part + 1])
        .mapToObj(i -> accelerators.get(order[i]))
        .toList();
  }

  /** Whether these costs are of one of this table's parts: other versions may have other parts. */
  boolean has(TablePart part) {
    int index = index(part);
    return part.layer() >= 0
        && part.layer() < layers.size()
        && index >= 0
        && index < parts()
        && part.designs() == designs(index);
  }

  void put(TablePart part) {
    for (int i = 0; i < part.designs(); i++) {
      latencyMs[part.layer()][order[part.first() + i]] = part.latencyMs()[i];
      energyMj[part.layer()][order[part.first() + i]] = part.energyMj()[i];
    }
  }

  /** The costs of a part as they are now. */
  TablePart part(int layer, int part) {
    float[] latency = new float[designs(part)];
    float[] energy = new float[designs(part)];
    for (int i = 0; i < latency.length; i++) {
      latency[i] = latencyMs[layer][order[begin[part] + i]];
      energy[i] = energyMj[layer][order[begin[part] + i]];
    }
    return new TablePart(layer, begin[part], latency, energy);
  }

  /** The identity of the table of a model. */
  TableIdentity identity(String model) {
    return TableIdentity.of(networks, designs, accelerators, model);
  }

  CostTable table(String model) {
    return CostTable.of(networks, designs, accelerators, model, latencyMs, energyMj);
  }
}
