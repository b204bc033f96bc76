package dance.command;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import dance.interchange.ExportFormat;
import dance.simulate.mapping.Evaluation;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What is found, as files of another tool. */
final class ExportOption {
  @Option(
      names = "--export",
      arity = "2",
      paramLabel = "timeloop|accelforge FOLDER",
      hideParamSyntax = true,
      description =
          "Write architecture, problem and mapping of what is found as files of Timeloop 0.4 or AccelForge;"
              + " of a network a folder for each layer, mapped so that a dimension is unrolled along"
              + " one side of the array only, as the format has it.")
  private List<String> export;

  /** Notes what is wrong with the option. */
  void check(Rules rules) {
    if (export == null) {
      return;
    }
    try {
      format();
    } catch (IllegalArgumentException unknown) {
      rules.require(false, "--export %s", unknown.getMessage());
    }
    ResultFolder.check(rules, "--export", folder());
  }

  private ExportFormat format() {
    return ExportFormat.parse(export.get(0));
  }

  private Path folder() {
    return Path.of(export.get(1));
  }

  /** Writes a mapping, if the option is given. */
  void write(Evaluation evaluation) {
    if (export != null) {
      format().write(evaluation, folder());
    }
  }

  /** Maps the layers of a network and writes each; those that a format does not have are named. */
  void write(Network network, Accelerator accelerator, Console console) {
    if (export != null) {
      format().write(network, accelerator, folder()).refused().forEach(console::warn);
    }
  }
}
