package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import java.util.ArrayList;
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
   * together.
   */
  static final int PART = 289;

  private final NetworkSpace networks;
  private final AcceleratorSpace designs;
  private final List<Layer> layers;
  private final List<Accelerator> accelerators;

  /** Designs in the order of evaluation, so that models can reuse most. */
  private final int[] order;

  private final double[][] latencyMs;
  private final double[][] energyMj;

  TableGrid(NetworkSpace networks, AcceleratorSpace designs) {
    this.networks = networks;
    this.designs = designs;
    layers = networks.distinctLayers();
    accelerators = List.copyOf(designs.list());
    order = order(accelerators);
    latencyMs = new double[layers.size()][designs.size()];
    energyMj = new double[layers.size()][designs.size()];
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
    return (order.length + PART - 1) / PART;
  }

  /** Number of designs of a part. */
  int designs(int part) {
    return Math.min(PART, order.length - part * PART);
  }

  /** The designs of a part. */
  List<Accelerator> accelerators(int part) {
    return IntStream.range(part * PART, part * PART + designs(part))
        .mapToObj(i -> accelerators.get(order[i]))
        .toList();
  }

  /** Whether these costs are of one of this table's parts: other versions may have other parts. */
  boolean has(TablePart part) {
    int index = part.first() / PART;
    return part.layer() >= 0
        && part.layer() < layers.size()
        && part.first() >= 0
        && part.first() % PART == 0
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
      latency[i] = (float) latencyMs[layer][order[part * PART + i]];
      energy[i] = (float) energyMj[layer][order[part * PART + i]];
    }
    return new TablePart(layer, part * PART, latency, energy);
  }

  /** The identity of the table of a model. */
  TableIdentity identity(String model) {
    return TableIdentity.of(networks, designs, accelerators, model);
  }

  CostTable table(String model) {
    return CostTable.of(networks, designs, accelerators, model, latencyMs, energyMj);
  }
}
