package dance;

import static dance.Dance.explain;
import static dance.Dance.explore;
import static dance.Dance.map;
import static dance.Dance.oracle;
import static dance.Dance.simulate;
import static dance.Dance.sweep;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.search.SearchProblem;
import dance.search.TabularTask;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.List;

/** Everything that needs no training; {@link DanceTest} runs it without any library. */
public final class VerbsAlone {
  private VerbsAlone() {}

  /** One line a verb. */
  public static String run() {
    Layer layer = Layer.conv("c", 4, 4).output(4);
    Network network = Network.of("one", layer);
    Accelerator design = Accelerators.byName("template:4x4:rf16:ws");
    SearchProblem problem =
        SearchProblem.of(TabularTask.mini(), CostTable.bundled("mini"), Objective.EDAP, 0.1);
    return String.join(
        "\n",
        "map " + explain(map(layer, design), "energy").subject(),
        "simulate " + (simulate(network, design).metrics().energyMj() > 0),
        "sweep " + sweep(network, List.of(design)).size(),
        "oracle " + oracle("mini", "mb3e1,zero,mb3e6,zero").size(),
        "explore " + explore(problem, o -> o.epochs(2)).feasible());
  }
}
