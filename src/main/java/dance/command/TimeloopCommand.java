package dance.command;

import dance.interchange.Reading;
import dance.interchange.TimeloopMapping;
import dance.report.EvaluationRows;
import dance.report.JsonText;
import dance.report.TextTable;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  @Parameters(paramLabel = "ARCH.yaml", description = "Architecture and its energies (ERT).")
  private Path architecture;

  @Parameters(paramLabel = "PROBLEM.yaml", description = "Dimensions, tensors and sizes.")
  private Path problem;

  @Parameters(paramLabel = "MAPPING.yaml", description = "Loops and kept tensors of every level.")
  private Path mapping;

  @Option(
      names = "--accounting",
      paramLabel = "exact|timeloop",
      defaultValue = "exact",
      converter = Choice.OfAccounting.class,
      description = "How accesses are counted (default: ${DEFAULT-VALUE}).")
  private Accounting accounting;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TimeloopCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    new GivenFiles()
        .input("ARCH.yaml", architecture)
        .input("PROBLEM.yaml", problem)
        .input("MAPPING.yaml", mapping)
        .check();
    Evaluation result = evaluate();
    console.print(
        json
            ? JsonText.of(EvaluationRows.object(result))
            : TextTable.pairs(EvaluationRows.SUMMARY, result)
                + "\nwords accessed, all instances together\n"
                + TextTable.of(EvaluationRows.accesses(result)));
  }

  private Evaluation evaluate() {
    TimeloopInput input = TimeloopInput.read(architecture, problem, console::warn);
    Reading<Mapping> loops = TimeloopMapping.read(mapping, input.einsum(), input.accelerator());
    loops.warnings().forEach(console::warn);
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
}
