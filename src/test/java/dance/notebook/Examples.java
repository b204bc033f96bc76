package dance.notebook;

import dance.Dance;
import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.CostModel;
import dance.cost.Design;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.Landscape;
import dance.notebook.chart.RegretChart;
import dance.simulate.NetworkEvaluation;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MappingResult;
import dance.space.AcceleratorSpace;
import dance.space.BlockShape;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What the pictures and tables of the tests show. */
public final class Examples {
  public static final Accelerator DESIGN = Accelerators.template(5, 4, 32, Dataflow.ROW_STATIONARY);

  public static final Network NETWORK =
      Network.of("small", Layer.conv("stem", 3, 8).kernel(3).output(12))
          .then(Layer.depthwise("block1.depthwise", 8).kernel(3).output(12), 2)
          .then(Layer.pointwise("block1.project", 8, 14, 12))
          .then(Layer.pool("pool", 14).kernel(2).stride(2).output(6))
          .then(Layer.fullyConnected("classifier", 504, 10));

  public static final NetworkEvaluation EVALUATION = simulate(DESIGN);

  private Examples() {}

  public static NetworkEvaluation simulate(Accelerator accelerator) {
    return simulate(NETWORK, accelerator);
  }

  public static NetworkEvaluation simulate(Network network, Accelerator accelerator) {
    return Dance.simulate(network, accelerator, o -> o.effort(quick()));
  }

  public static MappingResult map(Layer layer, Accelerator accelerator) {
    return Dance.map(layer, accelerator, o -> o.effort(quick()));
  }

  /** Some good mapping soon: what is shown need not be the best. */
  private static Effort quick() {
    return Effort.steps(1000);
  }

  /** Four networks on 12 designs, of which those are cheap that have little and work little. */
  public static Landscape landscape(Objective objective) {
    Operation[] operations = {Operation.mbConv(3, 3), Operation.mbConv(5, 6)};
    NetworkSpace networks =
        NetworkSpace.of("two")
            .block("b1", BlockShape.of(8, 8, 8), operations)
            .block("b2", BlockShape.of(8, 16, 8), operations);
    CostModel model =
        (network, accelerator) -> {
          double work = network.macs() / 1e6;
          double units = accelerator.macUnits();
          return new Metrics(work / units + 0.01, work + units / 1e3, accelerator.areaMm2(), 1);
        };
    AcceleratorSpace designs = AcceleratorSpace.dance().pes(8, 16).rf(4);
    return Landscape.of(CostTable.build(model, networks, designs), objective, 40, 1);
  }

  /** Designs over arrays of 3…7 × 2…5 PEs with metrics at random, several on each array. */
  public static List<Design> designs(long seed, double decades) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Design> designs = new ArrayList<>();
    for (int x = 3; x <= 7; x++) {
      for (int y = 2; y <= 5; y++) {
        for (int i = 0; i < 3; i++) {
          Metrics metrics =
              new Metrics(
                  Math.pow(10, decades * random.nextDouble()),
                  Math.pow(10, decades * random.nextDouble()),
                  1 + random.nextDouble(),
                  random.nextDouble());
          Accelerator accelerator = Accelerators.template(x, y, 4 << i, Dataflow.ROW_STATIONARY);
          designs.add(Design.of("small", accelerator, metrics).accuracy(random.nextDouble()));
        }
      }
    }
    return designs;
  }

  /** The searches of two methods that get ever closer to the best. */
  public static Map<String, RegretChart.Searches> searches() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, RegretChart.Searches> methods = new LinkedHashMap<>();
    for (String method : List.of("ours", "random")) {
      double[] cost = new double[20];
      double[][] regrets = new double[9][20];
      for (int step = 0; step < 20; step++) {
        cost[step] = Math.pow(2, step);
        for (double[] search : regrets) {
          double before = step == 0 ? 2 : search[step - 1];
          search[step] = before * (method.equals("ours") ? 0.7 : 0.9) * random.nextDouble(0.8, 1.1);
        }
      }
      methods.put(method, new RegretChart.Searches(cost, regrets));
    }
    return methods;
  }
}
