package dance;

import static dance.Dance.simulate;
import static dance.Dance.trainEvaluator;
import static dance.notebook.Notebook.drawing;
import static dance.notebook.Notebook.energy;
import static dance.notebook.Notebook.print;
import static dance.notebook.Notebook.save;
import static dance.notebook.Notebook.table;
import static dance.notebook.Notebook.trace;
import static dance.notebook.Show.show;

import dance.accelerator.Accelerators;
import dance.check.Library;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.neural.NeuralEvaluator;
import dance.interchange.TimeloopArchitecture;
import dance.search.Budget;
import dance.search.ConfidenceInterval;
import dance.search.Evolutionary;
import dance.search.SearchListener;
import dance.search.SearchProblem;
import dance.search.TabularTask;
import dance.search.train.ImageTask;
import dance.simulate.NetworkEvaluation;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** What a user calls, and the libraries without which it cannot be done. */
enum Door {
  SIMULATE(Door::one),
  SHOW(() -> shown(one())),
  PRINT(() -> printed(one())),
  SAVE_DRAWING(() -> saved(drawing(Accelerators.eyeriss()), "drawing.svg")),
  SHOW_DRAWING(() -> shown(drawing(Accelerators.eyeriss()))),
  TABLE(() -> table(one()), Library.TABLESAW),
  TABLE_OF_FILE(() -> table("data/mini-fashion-mnist.csv"), Library.TABLESAW),
  SAVE_ROWS(() -> saved(one(), "rows.csv"), Library.TABLESAW),
  CHART(() -> energy(one()), Library.XCHART),
  TRACE(() -> trace("t", "loss", Map.of("a", new double[] {1, 2})), Library.XCHART),
  SHOW_CHART(() -> shown(energy(one())), Library.XCHART),
  SAVE_PNG(() -> saved(energy(one()), "chart.png"), Library.XCHART),
  SAVE_SVG(() -> saved(energy(one()), "chart.svg"), Library.XCHART, Library.VECTOR_GRAPHICS),
  YAML(
      () ->
          TimeloopArchitecture.read(
              Path.of("src/test/resources/timeloop/cases/d01-depthwise/arch.yaml")),
      Library.YAML),
  JSON(() -> dance.report.JsonText.of(Map.of("a", 1)), Library.GSON),
  ORACLE(() -> Dance.oracle("mini", "mb3e1,zero,mb3e6,mb5e3")),
  EXPLORE(() -> Dance.explore(problem())),
  NSGA2(
      () ->
          new Evolutionary(20, 10)
              .search(problem(), 1, Budget.evaluations(20), SearchListener.SILENT),
      Library.JENETICS,
      Library.JENETICS_EXT),
  INTERVAL(() -> ConfidenceInterval.of(1, 2), Library.HIPPARCHUS),
  TRAIN(
      () -> trainEvaluator(CostTable.bundled("mini"), Objective.EDAP),
      Library.DJL,
      Library.PYTORCH_ENGINE,
      Library.PYTORCH_JNI,
      Library.PYTORCH_NATIVE),
  BUNDLED_EVALUATOR(
      () -> NeuralEvaluator.bundled(NetworkSpace.cifar(), AcceleratorSpace.dance(), Objective.EDAP),
      Library.DJL,
      Library.PYTORCH_ENGINE,
      Library.PYTORCH_JNI,
      Library.PYTORCH_NATIVE),
  SUPERNET(
      () -> ImageTask.mini().accuracyModel(1),
      Library.DJL,
      Library.PYTORCH_ENGINE,
      Library.PYTORCH_JNI,
      Library.PYTORCH_NATIVE),
  FROM_SCRATCH(
      () -> ImageTask.mini().accuracy(Genotype.parse("mb3e1,zero,mb3e6,mb5e3"), 1),
      Library.DJL,
      Library.PYTORCH_ENGINE,
      Library.PYTORCH_JNI,
      Library.PYTORCH_NATIVE);

  /** What a cell shows and saves, and the libraries for that. */
  static final Set<Door> CELLS = EnumSet.range(SHOW, SAVE_SVG);

  static final Set<Library> CELL_NEEDS =
      EnumSet.of(Library.TABLESAW, Library.XCHART, Library.VECTOR_GRAPHICS);

  /** Where files are written. */
  private static Path folder;

  private final Callable<?> code;
  private final Set<Library> needs = EnumSet.noneOf(Library.class);

  Door(Callable<?> code, Library... needs) {
    this.code = code;
    this.needs.addAll(Set.of(needs));
  }

  /** Whether it cannot be done without the library. */
  boolean needs(Library library) {
    return needs.contains(library);
  }

  boolean needsNone() {
    return needs.isEmpty();
  }

  /** Does it; empty, or what the failure says. By the name, as loaders have their own doors. */
  static String open(String name, Path where) {
    folder = where;
    try {
      valueOf(name).code.call();
      return "";
    } catch (Throwable failure) {
      return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
  }

  private static NetworkEvaluation one() {
    return simulate(
        Network.of("one", Layer.conv("c", 2, 2).kernel(1).output(1)), Accelerators.eyeriss());
  }

  private static SearchProblem problem() {
    return SearchProblem.of(TabularTask.mini(), CostTable.bundled("mini"), Objective.EDAP, 0.1);
  }

  private static boolean shown(Object value) {
    show(value);
    return true;
  }

  private static boolean printed(Object value) {
    print(value);
    return true;
  }

  private static boolean saved(Object value, String name) {
    save(value, folder.resolve(name));
    return true;
  }
}
