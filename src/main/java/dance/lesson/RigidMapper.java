package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapper.DesignMapper;
import dance.simulate.mapper.MapSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The exact cost model with fewer mappings than {@link dance.simulate.Simulator}: what a hardware
 * whose dataflow is wired, or a compiler with a fixed rule, can do. Tiles and orders of loops are
 * still proven optimal, for energy × delay.
 */
public enum RigidMapper implements CostModel {
  /** All mappings of the dataflow. */
  NONE("all mappings of the dataflow") {
    @Override
    MapSpace narrow(MapSpace space, Accelerator accelerator) {
      return space;
    }
  },
  /** Spatial factors divide the loops: no array is filled with a partial last tile. */
  PERFECT_FACTORS("perfect factors") {
    @Override
    MapSpace narrow(MapSpace space, Accelerator accelerator) {
      return space.withPerfectFactors();
    }
  },
  /**
   * One dimension along each side and nothing folded in, as SCALE-Sim has it (Samajdar et al.,
   * 2018): weight-stationary K × C as in a TPU (Jouppi et al., ISCA 2017), output-stationary Q × P
   * as in ShiDianNao (Du et al., ISCA 2015), row-stationary P × R: one set of Eyeriss' filter rows.
   */
  ONE_DIMENSION_A_SIDE("one dimension a side") {
    @Override
    MapSpace narrow(MapSpace space, Accelerator accelerator) {
      List<String> sides = SIDES.get(accelerator.dataflow());
      MapSpace narrower = space;
      for (int l = 0; l < accelerator.levels().size(); l++) {
        narrower = narrower.spatialWithin(l, sides.subList(0, 1), sides.subList(1, 2));
      }
      return narrower;
    }
  },
  /** A dimension is unrolled completely or not at all. */
  WHOLE_DIMENSIONS("whole dimensions") {
    @Override
    MapSpace narrow(MapSpace space, Accelerator accelerator) {
      MapSpace narrower = space;
      for (int l = 0; l < accelerator.levels().size(); l++) {
        narrower = narrower.whole(l, "N", "G", "K", "C", "P", "Q", "R", "S");
      }
      return narrower;
    }
  };

  private static final Map<Dataflow, List<String>> SIDES =
      Map.of(
          Dataflow.WEIGHT_STATIONARY, List.of("K", "C"),
          Dataflow.OUTPUT_STATIONARY, List.of("Q", "P"),
          Dataflow.ROW_STATIONARY, List.of("P", "R"));

  private final String label;

  RigidMapper(String label) {
    this.label = label;
  }

  /** In words. */
  public String label() {
    return label;
  }

  abstract MapSpace narrow(MapSpace space, Accelerator accelerator);

  @Override
  public Metrics metrics(Network network, Accelerator accelerator) {
    double latencyMs = 0;
    double energyMj = 0;
    double busy = 0;
    for (Network.Entry entry : network.entries()) {
      Metrics one = ofLayer(entry.layer()).apply(List.of(accelerator)).get(0);
      latencyMs += entry.repeats() * one.latencyMs();
      energyMj += entry.repeats() * one.energyMj();
      busy += entry.repeats() * one.latencyMs() * one.utilization();
    }
    return new Metrics(latencyMs, energyMj, accelerator.areaMm2(), busy / latencyMs);
  }

  @Override
  public Function<List<Accelerator>, List<Metrics>> ofLayer(Layer layer) {
    DesignMapper mapper =
        new DesignMapper(a -> narrow(Dataflows.space(layer.einsum(), a), a), Objective.EDP);
    return accelerators -> {
      List<DesignMapper.Cost> costs = mapper.costs(accelerators);
      List<Metrics> metrics = new ArrayList<>();
      for (int i = 0; i < costs.size(); i++) {
        Accelerator accelerator = accelerators.get(i);
        double cycles = costs.get(i).cycles();
        metrics.add(
            new Metrics(
                cycles / (accelerator.clockMhz() * 1e3),
                costs.get(i).energyPj() / 1e9,
                accelerator.areaMm2(),
                layer.einsum().points() / (cycles * accelerator.macUnits())));
      }
      return metrics;
    };
  }

  @Override
  public String fingerprint() {
    return String.format(Locale.ROOT, "rigid mapper: %s; least EDP, proven; exact counts", label);
  }
}
