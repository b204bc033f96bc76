package dance;

import dance.cost.Figures;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dance bench}: measures the program itself. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Measure how fast this program is on this machine.")
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
        "Measure how fast mappings are evaluated and found.",
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
        "Measure how fast best accelerators are found and expected costs differentiated.",
        "CIFAR's networks, all 4,335 of DANCE's accelerators, EDAP, made-up costs, one core."
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
}
