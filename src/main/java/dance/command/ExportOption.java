package dance.command;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import dance.interchange.ExportFormat;
import dance.simulate.mapping.Evaluation;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
              + " one side of the array only, as the format has it. May be repeated.")
  private List<String> export;

  private record Target(ExportFormat format, Path folder) {}

  /** Notes what is wrong with the option. */
  void check(Rules rules) {
    Set<Path> folders = new HashSet<>();
    for (int i = 0; i < words(); i += 2) {
      try {
        ExportFormat.parse(export.get(i));
      } catch (IllegalArgumentException unknown) {
        rules.require(false, "--export %s", unknown.getMessage());
      }
      Path folder = Path.of(export.get(i + 1));
      ResultFolder.check(rules, "--export", folder);
      // the formats have files of the same names
      rules.require(
          folders.add(folder.toAbsolutePath().normalize()),
          "--export folder %s is given twice: each format needs one of its own",
          folder);
    }
  }

  private int words() {
    return export == null ? 0 : export.size();
  }

  private List<Target> targets() {
    return IntStream.range(0, words() / 2)
        .mapToObj(
            i -> new Target(ExportFormat.parse(export.get(2 * i)), Path.of(export.get(2 * i + 1))))
        .toList();
  }

  /** Writes a mapping, if the option is given. */
  void write(Evaluation evaluation) {
    for (Target target : targets()) {
      target.format().write(evaluation, target.folder());
    }
  }

  /** Maps the layers of a network and writes each; those that a format does not have are named. */
  void write(Network network, Accelerator accelerator, Console console) {
    for (Target target : targets()) {
      target.format().write(network, accelerator, target.folder()).refused().forEach(console::warn);
    }
  }
}
