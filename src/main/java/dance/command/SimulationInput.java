package dance.command;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.interchange.NetworkFile;
import dance.interchange.Reading;
import dance.interchange.TimeloopArchitecture;
import dance.workload.Network;
import dance.workload.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is simulated, each part the preset of that name or what the file of that name describes.
 * Names that end in {@code .csv}, {@code .yaml} or {@code .yml} are files, as is whatever has a
 * folder before it.
 *
 * @param network from a preset or a CSV file
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
      String network, String accelerator, Optional<Dataflow> dataflow, Consumer<String> warnings) {
    List<String> problems = new ArrayList<>();
    Network layers = orProblem(() -> network(network), problems);
    Accelerator levels = orProblem(() -> accelerator(accelerator, warnings), problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
    return new SimulationInput(layers, dataflow.map(levels::dataflow).orElse(levels));
  }

  private static Network network(String name) {
    return isFile(name, ".csv")
        ? NetworkFile.read(given("--network", name))
        : Networks.byName(name);
  }

  private static Accelerator accelerator(String name, Consumer<String> warnings) {
    if (!isFile(name, ".yaml", ".yml")) {
      return Accelerators.byName(name);
    }
    Reading<Accelerator> reading = TimeloopArchitecture.read(given("--accelerator", name));
    reading.warnings().forEach(warnings);
    return reading.value();
  }

  private static boolean isFile(String name, String... endings) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : endings) {
      if (lower.endsWith(ending)) {
        return true;
      }
    }
    return name.contains("/") || name.contains("\\");
  }

  private static Path given(String option, String name) {
    Path file = Path.of(name);
    new GivenFiles().input(option, file).check();
    return file;
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
