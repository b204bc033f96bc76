package dance.command;

import dance.simulate.mapping.Accounting;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Architecture and problem of a mapping, and how accesses are counted. */
final class ProblemOptions {
  @Parameters(index = "0", paramLabel = "ARCH.yaml", description = "Architecture and its energies.")
  private Path architecture;

  @Parameters(
      index = "1",
      paramLabel = "PROBLEM.yaml",
      description = "Dimensions, tensors and sizes.")
  private Path problem;

  @Option(
      names = "--accounting",
      paramLabel = "exact|timeloop",
      defaultValue = "exact",
      converter = WordOption.OfAccounting.class,
      description = "How accesses are counted (default: ${DEFAULT-VALUE}).")
  private Accounting accounting;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  Path architecture() {
    return architecture;
  }

  Path problem() {
    return problem;
  }

  Accounting accounting() {
    return accounting;
  }

  boolean json() {
    return json;
  }

  /** Both files, to be checked with others. */
  FileChecks files() {
    return new FileChecks().input("ARCH.yaml", architecture).input("PROBLEM.yaml", problem);
  }

  /** Reads both files. */
  TimeloopInput read(Console console) {
    return TimeloopInput.read(architecture, problem, console::warn);
  }
}
