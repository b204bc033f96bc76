package dance.command;

import dance.bench.OracleBenchmark;
import dance.bench.SearchBenchmark;
import dance.check.Rules;
import dance.cost.Figures;
import dance.evaluate.CostTable;
import dance.evaluate.neural.EvaluatorOptions;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dance bench}: measures the speed of the program itself. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Measure the speed of this program on this machine.")
final class BenchCommand {
  private final Console console;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "mappings",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Measure the speed of evaluating and of finding mappings.",
        "Evaluated: AlexNet conv3 on the Eyeriss preset, on one core. Found: all of MobileNetV2."
      })
  void mappings(@Option(names = "--json", description = "Print JSON.") boolean json) {
    Engine.Speed speed = console.engine().measureMappings();
    if (json) {
      Map<String, Object> top = new LinkedHashMap<>();
      top.put("mappings_per_second", speed.mappingsPerSecond());
      top.put("mobilenetv2_seconds", speed.mobilenetv2Seconds());
      console.print(Json.of(top));
    } else {
      Map<String, String> figures = new LinkedHashMap<>();
      figures.put("mappings [1/s]", Figures.measure(speed.mappingsPerSecond()));
      figures.put("MobileNetV2 [s]", Figures.measure(speed.mobilenetv2Seconds()));
      console.print(TextTable.pairs(figures));
    }
  }

  @Command(
      name = "oracle",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Measure the speed of the oracle and of gradients of expected costs.",
        "CIFAR's networks, all 4,335 of DANCE's accelerators, EDAP, synthetic costs, one core."
      })
  void oracle(@Option(names = "--json", description = "Print JSON.") boolean json) {
    OracleBenchmark speed = OracleBenchmark.measure();
    if (json) {
      Map<String, Object> top = new LinkedHashMap<>();
      top.put("networks_per_second", speed.networksPerSecond());
      top.put("relaxed_per_second", speed.relaxedPerSecond());
      top.put("gradients_per_second", speed.gradientsPerSecond());
      console.print(Json.of(top));
    } else {
      Map<String, String> figures = new LinkedHashMap<>();
      figures.put("networks [1/s]", Figures.measure(speed.networksPerSecond()));
      figures.put("relaxed architectures [1/s]", Figures.measure(speed.relaxedPerSecond()));
      figures.put("gradients [1/s]", Figures.measure(speed.gradientsPerSecond()));
      console.print(TextTable.pairs(figures));
    }
  }

  @Command(
      name = "search",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Measure the speed of searching and enumerating tables, and of training a supernet.",
        "Tables: NAS-Bench-201's networks, all 4,335 of DANCE's accelerators, EDAP, synthetic "
            + "costs and accuracies. Supernet: random paths of the space mini, bundled images. One "
            + "core."
      })
  void search(@Option(names = "--json", description = "Print JSON.") boolean json) {
    SearchBenchmark speed = SearchBenchmark.measure();
    if (json) {
      Map<String, Object> top = new LinkedHashMap<>();
      top.put("steps_per_second", speed.stepsPerSecond());
      top.put("designs_per_second", speed.designsPerSecond());
      top.put("images_per_second", speed.imagesPerSecond());
      console.print(Json.of(top));
    } else {
      Map<String, String> figures = new LinkedHashMap<>();
      figures.put("steps [1/s]", Figures.measure(speed.stepsPerSecond()));
      figures.put("enumerated designs [1/s]", Figures.measure(speed.designsPerSecond()));
      figures.put("images in a supernet [1/s]", Figures.measure(speed.imagesPerSecond()));
      console.print(TextTable.pairs(figures));
    }
  }

  @Command(
      name = "evaluator",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Train evaluators and measure their fidelity and speed.",
        "CIFAR's networks, all 4,335 of DANCE's accelerators, EDAP, with and without feature"
            + " forwarding; minutes for each."
      })
  void evaluator(
      @Option(
              names = "--table",
              paramLabel = "FILE",
              description = "A table (default: the bundled one).")
          Path file,
      @Option(
              names = "--seeds",
              paramLabel = "N",
              defaultValue = "1",
              description = "Evaluators of each kind (default: ${DEFAULT-VALUE}).")
          int seeds,
      @Option(names = "--paper", description = "The paper's networks and losses.") boolean paper,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    new Rules().require(seeds >= 1, "seeds (%d) must be at least 1", seeds).check();
    CostTable table =
        file == null
            ? CostTable.shipped(NetworkSpace.cifar(), AcceleratorSpace.dance())
            : SpaceOptions.read(file);
    EvaluatorOptions options = paper ? EvaluatorOptions.paper() : EvaluatorOptions.defaults();
    List<Object> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (boolean forwarded : new boolean[] {true, false}) {
        FidelityReport run =
            FidelityReport.ofTraining(
                table,
                options.seed(seed).featureForwarding(forwarded),
                new ProgressBar(console.err(), System.console() != null));
        runs.add(run.structure());
        if (!json) {
          console.print(
              "seed "
                  + seed
                  + (forwarded ? ", with" : ", without")
                  + " feature forwarding\n"
                  + run);
        }
      }
    }
    if (json) {
      Map<String, Object> top = new LinkedHashMap<>();
      top.put("runs", runs);
      console.print(Json.of(top));
    }
  }
}
