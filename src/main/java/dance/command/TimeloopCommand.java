package dance.command;

import dance.interchange.Parsed;
import dance.interchange.ProblemReader;
import dance.report.EvaluationRows;
import dance.report.JsonText;
import dance.report.TextTable;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code dance timeloop}: evaluates a given mapping; JSON keys are those of Timeloop's statistics.
 */
@Command(
    name = "timeloop",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Evaluate a mapping: cycles, energy, and the accesses of every level.")
final class TimeloopCommand implements Runnable {
  private final Console console;

  @Mixin private ProblemOptions given;

  @Parameters(
      index = "2",
      paramLabel = "MAPPING.yaml",
      description = "Loops and kept tensors of every level.")
  private Path mapping;

  TimeloopCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    given.files().input("MAPPING.yaml", mapping).check();
    Evaluation result = evaluate();
    console.print(
        given.json()
            ? JsonText.of(EvaluationRows.object(result))
            : TextTable.pairs(EvaluationRows.SUMMARY, result)
                + "\nwords accessed, all instances together\n"
                + TextTable.of(EvaluationRows.accesses(result)));
  }

  private Evaluation evaluate() {
    TimeloopInput input = given.read(console);
    Parsed<Mapping> loops = ProblemReader.mapping(mapping, input.einsum(), input.accelerator());
    loops.warnings().forEach(console::warn);
    TimeloopInput sized =
        input.narrowed(
            given.problem(), Optional.of(loops.value()), Optional.empty(), console::warn);
    try {
      return Analysis.of(sized.einsum(), sized.accelerator())
          .evaluate(loops.value(), given.accounting());
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
}
