package dance.command;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.bench.MapperBenchmark;
import dance.bench.MappingSpeed;
import dance.bench.OracleBenchmark;
import dance.bench.SearchBenchmark;
import dance.bench.TableSpeed;
import dance.check.Rules;
import dance.evaluate.CostTable;
import dance.evaluate.neural.EvaluatorOptions;
import dance.report.Column;
import dance.report.JsonText;
import dance.report.Rows;
import dance.report.TextTable;
import dance.report.Unit;
import dance.simulate.mapper.Effort;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Network;
import dance.workload.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance bench}: measures the speed of the program itself. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Measure the speed of this program on this machine.")
final class BenchCommand {
  private static final Unit PER_SECOND = Unit.of("1/s");

  /** How long each operation of the oracle is repeated, in seconds. */
  private static final double ORACLE_SECONDS = 2;

  static final List<Column<MappingSpeed>> MAPPINGS =
      List.of(
          new Column<>(
              "mappings", "mappings_per_second", PER_SECOND, MappingSpeed::mappingsPerSecond),
          new Column<>(
              "MobileNetV2",
              "mobilenetv2_seconds",
              Unit.SECONDS,
              MappingSpeed::mobilenetv2Seconds));

  private static final List<Column<MapperBenchmark>> MAPPER =
      List.of(
          Column.of("network", "network", MapperBenchmark::network),
          Column.of("accelerator", "accelerator", MapperBenchmark::accelerator),
          Column.of("shapes", "shapes", MapperBenchmark::shapes),
          Column.of("unproven", "unproven", MapperBenchmark::unproven),
          new Column<>("largest gap", "largest_gap", Unit.FRACTION, MapperBenchmark::largestGap),
          new Column<>("CPU", "cpu_seconds", Unit.SECONDS, MapperBenchmark::cpuSeconds),
          new Column<>(
              "slowest layer", "slowest_seconds", Unit.SECONDS, MapperBenchmark::slowestSeconds),
          new Column<>(
              "calibration",
              "calibration_per_second",
              PER_SECOND,
              MapperBenchmark::calibrationPerSecond));

  private static final List<Column<OracleBenchmark>> ORACLE =
      List.of(
          new Column<>(
              "networks", "networks_per_second", PER_SECOND, OracleBenchmark::networksPerSecond),
          new Column<>(
              "relaxed architectures",
              "relaxed_per_second",
              PER_SECOND,
              OracleBenchmark::relaxedPerSecond),
          new Column<>(
              "gradients",
              "gradients_per_second",
              PER_SECOND,
              OracleBenchmark::gradientsPerSecond));

  private static final List<Column<SearchBenchmark>> SEARCH =
      List.of(
          new Column<>("steps", "steps_per_second", PER_SECOND, SearchBenchmark::stepsPerSecond),
          new Column<>(
              "enumerated designs",
              "designs_per_second",
              PER_SECOND,
              SearchBenchmark::designsPerSecond),
          new Column<>(
              "images in a supernet",
              "images_per_second",
              PER_SECOND,
              SearchBenchmark::imagesPerSecond));

  private static final List<Column<TableSpeed>> TABLES =
      List.of(
          new Column<>("table", "table", Unit.NONE, TableSpeed::table),
          new Column<>("cells", "cells", Unit.NONE, TableSpeed::cells),
          new Column<>("measured", "measured_cells", Unit.NONE, TableSpeed::measuredCells),
          new Column<>("CPU", "cpu_seconds", Unit.SECONDS, TableSpeed::cpuSeconds),
          new Column<>(
              "whole, CPU", "whole_cpu_seconds", Unit.SECONDS, TableSpeed::wholeCpuSeconds),
          new Column<>(
              "calibration",
              "calibration_per_second",
              PER_SECOND,
              TableSpeed::calibrationPerSecond));

  private final Console console;

  BenchCommand(Console console) {
    this.console = console;
  }

  private <T> void print(List<Column<T>> columns, T speed, boolean json) {
    console.print(
        json ? JsonText.of(Rows.object(columns, speed)) : TextTable.pairs(columns, speed));
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
    MappingSpeed speed = MappingSpeed.measure();
    print(MAPPINGS, speed, json);
  }

  @Command(
      name = "mapper",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Measure how long the best mappings of whole networks take, and how many are proven.",
        "CPU seconds of one core, layers of the same shape once; beside them the rate of a "
            + "loop of arithmetic, so that figures of two machines can be compared."
      })
  void mapper(
      @Option(
              names = "--network",
              paramLabel = "NAME",
              description = "Of the zoo; repeatable (default: mobilenetv2).")
          List<String> networks,
      @Option(
              names = "--accelerator",
              paramLabel = "NAME",
              description =
                  "A preset or template; repeatable (default: template:14x12:rf16 in each of the"
                      + " named dataflows, which is proven, and the preset eyeriss).")
          List<String> accelerators,
      @Option(
              names = "--effort",
              paramLabel = "STEPS",
              description = "For each layer (default: as simulate).")
          Long steps,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<Accelerator> on = new ArrayList<>();
    if (accelerators == null) {
      on.addAll(MapperBenchmark.templates());
      on.add(Accelerators.eyeriss());
    } else {
      accelerators.forEach(name -> on.add(Accelerators.byName(name)));
    }
    List<Network> mapped = new ArrayList<>();
    (networks == null ? List.of("mobilenetv2") : networks)
        .forEach(name -> mapped.add(Networks.byName(name)));
    Effort effort = steps == null ? Effort.DEFAULT : Effort.steps(steps);
    List<MapperBenchmark> results = new ArrayList<>();
    for (Network network : mapped) {
      on.forEach(accelerator -> results.add(MapperBenchmark.of(network, accelerator, effort)));
    }
    Rows<MapperBenchmark> rows = new Rows<>(MAPPER, results);
    console.print(json ? JsonText.of(Map.of("networks", rows.objects())) : TextTable.of(rows));
  }

  @Command(
      name = "table",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Measure the speed of computing tables, in CPU seconds of one core.",
        "Some layers of CIFAR's, NAS-Bench-Macro's and ImageNet's networks on all 4,335 of "
            + "DANCE's accelerators, and of CIFAR's on 15,138 of the 741,762 of the wide space; "
            + "in proportion the whole table. A loop of arithmetic beside them tells how fast "
            + "the machine is."
      })
  void table(
      @Option(
              names = "--layers",
              paramLabel = "N",
              defaultValue = "6",
              description = "Layers of each table (default: ${DEFAULT-VALUE}, some minutes).")
          int layers,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<TableSpeed> speeds = TableSpeed.measure(layers);
    Rows<TableSpeed> rows = new Rows<>(TABLES, speeds);
    console.print(json ? JsonText.of(Map.of("tables", rows.objects())) : TextTable.of(rows));
  }

  @Command(
      name = "oracle",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Measure the speed of the oracle and of gradients of expected costs.",
        "Random networks of a table's space, all of its accelerators, EDAP, one core."
      })
  void oracle(
      @Mixin TableOptions from,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    print(ORACLE, OracleBenchmark.measure(from.read(), ORACLE_SECONDS), json);
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
    print(SEARCH, speed, json);
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
            ? CostTable.bundled(NetworkSpace.cifar(), AcceleratorSpace.dance())
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
        runs.add(run.object());
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
      console.print(JsonText.of(Map.of("runs", runs)));
    }
  }
}
