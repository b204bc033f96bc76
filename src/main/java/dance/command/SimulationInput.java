package dance.command;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.interchange.AcceleratorReader;
import dance.interchange.Parsed;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Input of a simulation, each part the preset of that name or what the {@linkplain NamedFile file}
 * of that name describes.
 *
 * @param network from a preset or a file
 * @param accelerator from a preset or an architecture file
 */
record SimulationInput(Network network, Accelerator accelerator) {

  /**
   * Finds both parts.
   *
   * @param dataflow in place of the accelerator's own
   * @throws IllegalArgumentException with the problems of both, one a line
   */
  static SimulationInput read(
      GivenNetwork network,
      String accelerator,
      Optional<Dataflow> dataflow,
      Consumer<String> warnings) {
    List<String> problems = new ArrayList<>();
    Network layers = orProblem(() -> network.read(warnings), problems);
    Accelerator levels = orProblem(() -> accelerator(accelerator, network, warnings), problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
    return new SimulationInput(layers, dataflow.map(levels::dataflow).orElse(levels));
  }

  private static Accelerator accelerator(
      String name, GivenNetwork network, Consumer<String> warnings) {
    Optional<Path> file =
        NamedFile.orFolder(
            "--accelerator",
            name,
            "accelerators are read from YAML of Timeloop, AccelForge or ZigZag",
            List.of(".yaml", ".yml"));
    if (file.isEmpty()) {
      return Accelerators.byName(name);
    }
    Parsed<Accelerator> reading =
        network
            .file()
            .map(layers -> AcceleratorReader.read(file.get(), layers))
            .orElseGet(() -> AcceleratorReader.read(file.get()));
    reading.warnings().forEach(warnings);
    return reading.value();
  }

  private static <T> T orProblem(Supplier<T> reader, List<String> problems) {
    try {
      return reader.get();
    } catch (IllegalArgumentException invalid) {
      problems.add(invalid.getMessage());
      return null;
    }
  }
}
