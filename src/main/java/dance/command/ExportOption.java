package dance.command;

import dance.accelerator.Accelerator;
import dance.check.AtomicFile;
import dance.check.Nearest;
import dance.check.Rules;
import dance.cost.Objective;
import dance.interchange.AccelForgeExport;
import dance.interchange.TimeloopExport;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What is found, as files of another tool. */
final class ExportOption {
  private static final Map<String, Function<Evaluation, Map<String, String>>> FORMATS =
      Map.of("timeloop", TimeloopExport::files, "accelforge", AccelForgeExport::files);

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
    rules.require(
        FORMATS.containsKey(export.get(0)),
        "--export %s: the format must be one of %s%s",
        export.get(0),
        String.join(", ", new java.util.TreeSet<>(FORMATS.keySet())),
        Nearest.to(export.get(0), FORMATS.keySet())
            .map(n -> ". Maybe " + n + " was meant.")
            .orElse(""));
    ResultFolder.check(rules, "--export", Path.of(export.get(1)));
  }

  /** Writes a mapping, if the option is given. */
  void write(Evaluation evaluation) {
    if (export != null) {
      write(FORMATS.get(export.get(0)).apply(evaluation), Path.of(export.get(1)));
    }
  }

  /** Maps the layers of a network and writes each; those that a format does not have are named. */
  void write(Network network, Accelerator accelerator, Console console) {
    if (export == null) {
      return;
    }
    Set<String> refused = new LinkedHashSet<>();
    int number = 1;
    for (Layer layer : network.layers()) {
      Path folder = Path.of(export.get(1), "%02d-%s".formatted(number++, plain(layer.name())));
      try {
        Evaluation best =
            Mapper.best(
                    Dataflows.space(layer.einsum(), accelerator).withDimensionsAlongOneSide(),
                    Objective.EDP,
                    Accounting.EXACT,
                    Effort.DEFAULT)
                .evaluation();
        write(FORMATS.get(export.get(0)).apply(best), folder);
      } catch (IllegalArgumentException notHeld) {
        refused.add(notHeld.getMessage());
      }
    }
    refused.forEach(console::warn);
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]+", "-");
  }

  private static void write(Map<String, String> files, Path folder) {
    AtomicFile.makeFolder(folder);
    files.forEach((name, text) -> AtomicFile.write(folder.resolve(name), text));
  }
}
