package dance.command;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Figures;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.DesignCosts;
import dance.evaluate.HardwareOracle;
import dance.space.Genotype;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final List<Metric> SHOWN =
      List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.UTILIZATION);

  private final Console console;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "GENOTYPE",
      description = "The operation of each block: mb3e6,zero,mb5e3,… or a cell of NAS-Bench-201.")
  private String network;

  @Mixin private SpaceOptions spaces;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "A table, with its own spaces (default: the bundled one).")
  private Path file;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      defaultValue = "edap",
      description =
          "edap, edp, latency, energy, area, or weights of ms, mJ, mm² as linear:1,2,0.5 (default:"
              + " ${DEFAULT-VALUE}).")
  private String objective;

  @Option(
      names = "--at-most",
      paramLabel = "METRIC=LIMIT",
      description = "An upper limit, such as latency=1.5; may be repeated.")
  private List<String> limits = new ArrayList<>();

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

  OracleCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Rules rules = new Rules().require(top >= 1, "top (%d) must be at least 1", top);
    Objective goal = Goals.of(rules, objective, limits);
    Genotype genotype = rules.tried(() -> Genotype.parse(network));
    CostTable table = rules.tried(this::table);
    rules.check();
    DesignCosts costs = HardwareOracle.of(table).costs(genotype);
    List<Design> designs = front ? costs.front().points() : costs.top(top, goal);
    if (!front && !designs.isEmpty() && !goal.feasible(designs.get(0).metrics())) {
      console.err().println("warning: no accelerator keeps all limits of " + goal);
    }
    console.print(json ? Json.of(structure(designs, goal)) : text(designs, goal));
  }

  private CostTable table() {
    if (file == null) {
      return CostTable.shipped(spaces.networks(), spaces.designs());
    }
    new GivenFiles().input("--table", file).check();
    return SpaceOptions.read(file);
  }

  private String text(List<Design> designs, Objective goal) {
    List<String> headings = new ArrayList<>(SHOWN.stream().map(Metric::heading).toList());
    headings.add(goal.name());
    TextTable table = new TextTable(List.of("accelerator"), headings);
    for (Design design : designs) {
      List<String> cells = new ArrayList<>(List.of(design.accelerator().name()));
      SHOWN.forEach(metric -> cells.add(Figures.measure(metric.of(design.metrics()))));
      cells.add(Figures.measure(goal.cost(design.metrics())));
      table.row(cells);
    }
    return table.toString();
  }

  private Map<String, Object> structure(List<Design> designs, Objective goal) {
    List<Object> rows = new ArrayList<>();
    for (Design design : designs) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("accelerator", design.accelerator().name());
      row.put("latency_ms", design.metrics().latencyMs());
      row.put("energy_mj", design.metrics().energyMj());
      row.put("area_mm2", design.metrics().areaMm2());
      row.put("utilization", design.metrics().utilization());
      row.put("cost", goal.cost(design.metrics()));
      row.put("feasible", goal.feasible(design.metrics()));
      rows.add(row);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("network", network);
    all.put("objective", goal.toString());
    all.put("designs", rows);
    return all;
  }
}
