package dance;

import dance.accelerator.Dataflow;
import dance.cost.Metric;
import dance.simulate.Accounting;
import dance.simulate.Evaluation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** The simulator and the mapper behind the commands. */
final class ExactEngine implements Engine {
  private final Consumer<String> warnings;

  ExactEngine(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  @Override
  public Evaluation evaluate(Path architecture, Path problem, Path mapping, Accounting accounting) {
    throw missing();
  }

  @Override
  public Found map(
      Path architecture,
      Path problem,
      Optional<Path> constraints,
      Metric objective,
      Accounting accounting,
      OptionalDouble budgetSeconds) {
    throw missing();
  }

  @Override
  public Simulation simulate(String network, String accelerator, Optional<Dataflow> dataflow) {
    throw missing();
  }

  @Override
  public Speed measureMappings() {
    throw missing();
  }

  private IllegalStateException missing() {
    warnings.accept("this build has no simulator");
    return new IllegalStateException("no simulator");
  }
}
