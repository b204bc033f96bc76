package dance;

import dance.accelerator.Dataflow;
import dance.cost.Metric;
import dance.interchange.Reading;
import dance.interchange.TimeloopMapping;
import dance.simulate.Accounting;
import dance.simulate.Analysis;
import dance.simulate.Evaluation;
import dance.simulate.Mapping;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The simulator and the mapper behind the commands. */
final class ExactEngine implements Engine {
  private final Consumer<String> warnings;

  ExactEngine(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  @Override
  public Evaluation evaluate(Path architecture, Path problem, Path mapping, Accounting accounting) {
    TimeloopInput input = TimeloopInput.read(architecture, problem, warnings);
    Reading<Mapping> loops = TimeloopMapping.read(mapping, input.einsum(), input.accelerator());
    loops.warnings().forEach(warnings);
    try {
      return Analysis.of(input.einsum(), input.accelerator()).evaluate(loops.value(), accounting);
    } catch (IllegalArgumentException unfit) {
      throw new IllegalArgumentException(
          unfit
              .getMessage()
              .lines()
              .map(line -> mapping.getFileName() + ": " + line)
              .collect(Collectors.joining(System.lineSeparator())),
          unfit);
    }
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
