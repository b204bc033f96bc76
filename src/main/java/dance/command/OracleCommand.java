package dance.command;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.DesignCosts;
import dance.evaluate.HardwareOracle;
import dance.report.DesignRows;
import dance.report.JsonText;
import dance.report.Rows;
import dance.report.TextTable;
import dance.space.Genotype;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance oracle}: the best accelerators for a network, by exhaustive evaluation. */
@Command(
    name = "oracle",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Find the best accelerators for a network by exhaustive evaluation.")
final class OracleCommand implements Runnable {
  private final Console console;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "GENOTYPE",
      description = "The operation of each block: mb3e6,zero,mb5e3,… or a cell of NAS-Bench-201.")
  private String network;

  @Mixin private TableOptions from;

  @Mixin private ObjectiveOptions objectives;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of accelerators (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--front",
      description = "Show the Pareto front of latency, energy and area instead.")
  private boolean front;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private ExportOption export;

  OracleCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Rules rules = new Rules().require(top >= 1, "top (%d) must be at least 1", top);
    Objective goal = objectives.one(rules);
    Genotype genotype = rules.tried(() -> Genotype.parse(network));
    CostTable table = rules.tried(from::read);
    export.check(rules);
    rules.check();
    DesignCosts costs = HardwareOracle.of(table).costs(genotype);
    List<Design> designs = front ? costs.front().points() : costs.top(top, goal);
    if (!front && !designs.isEmpty() && !goal.feasible(designs.get(0).metrics())) {
      console.warn("no accelerator keeps all limits of " + goal);
    }
    Rows<Design> rows = DesignRows.of(designs, goal);
    console.print(json ? JsonText.of(object(rows, goal)) : text(rows));
    if (!designs.isEmpty()) {
      export.write(table.networkSpace().network(genotype), designs.get(0).accelerator(), console);
    }
  }

  private String text(Rows<Design> rows) {
    return "costs "
        + costs(rows)
        + "\n\n"
        + TextTable.of(
            rows.only("accelerator", "latency_ms", "energy_mj", "area_mm2", "utilization", "cost"));
  }

  private static String costs(Rows<Design> rows) {
    return rows.results().get(0).accelerator().costs();
  }

  private Map<String, Object> object(Rows<Design> rows, Objective goal) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("network", network);
    all.put("objective", goal.toString());
    all.put("technology", costs(rows));
    all.put(
        "designs",
        rows.only(
            "accelerator",
            "latency_ms",
            "energy_mj",
            "area_mm2",
            "utilization",
            "cost",
            "feasible"));
    return all;
  }
}
