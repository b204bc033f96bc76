package dance.command;

import dance.cost.Figures;
import dance.cost.Ledger;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code dance timeloop}: evaluates a given mapping; JSON keys are those of Timeloop's statistics.
 */
@Command(
    name = "timeloop",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Evaluate a mapping: cycles, energy, and the accesses of every level.")
final class TimeloopCommand implements Runnable {
  private static final Set<Ledger.Action> ACCESSES =
      Set.of(Ledger.Action.READ, Ledger.Action.FILL, Ledger.Action.UPDATE);

  private final Console console;

  @Parameters(paramLabel = "ARCH.yaml", description = "Architecture and its energies (ERT).")
  private Path architecture;

  @Parameters(paramLabel = "PROBLEM.yaml", description = "Dimensions, tensors and sizes.")
  private Path problem;

  @Parameters(paramLabel = "MAPPING.yaml", description = "Loops and kept tensors of every level.")
  private Path mapping;

  @Option(
      names = "--accounting",
      paramLabel = "exact|timeloop",
      defaultValue = "exact",
      converter = Choice.OfAccounting.class,
      description = "How accesses are counted (default: ${DEFAULT-VALUE}).")
  private Accounting accounting;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  TimeloopCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    new GivenFiles()
        .input("ARCH.yaml", architecture)
        .input("PROBLEM.yaml", problem)
        .input("MAPPING.yaml", mapping)
        .check();
    Evaluation result = console.engine().evaluate(architecture, problem, mapping, accounting);
    console.print(json ? Json.of(structure(result)) : text(result));
  }

  private static Map<String, Object> structure(Evaluation result) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("cycles", result.cycles());
    top.put("utilization_pct", 100 * result.utilization());
    top.put("computes", result.counts().computes());
    top.put("energy_total_pJ", result.ledger().totalPj());
    Map<String, Double> byLevel = result.ledger().byLevel();
    List<Object> levels = new ArrayList<>();
    Map<String, Object> mac = new LinkedHashMap<>();
    mac.put("name", result.accelerator().mac().name());
    mac.put("utilized_instances", result.counts().utilizedMacs());
    mac.put("energy_total_pJ", byLevel.getOrDefault(result.accelerator().mac().name(), 0.0));
    levels.add(mac);
    List<AccessCounts.Level> outermostFirst = result.counts().levels();
    for (int i = outermostFirst.size() - 1; i >= 0; i--) {
      AccessCounts.Level level = outermostFirst.get(i);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", level.name());
      entry.put("utilized_instances", level.utilizedInstances());
      entry.put("energy_total_pJ", byLevel.getOrDefault(level.name(), 0.0));
      Map<String, Object> tensors = new LinkedHashMap<>();
      for (AccessCounts.Tensor tensor : level.tensors()) {
        tensors.put(tensor.name(), tensor(result.ledger(), level, tensor));
      }
      entry.put("tensors", tensors);
      levels.add(entry);
    }
    top.put("levels", levels);
    return top;
  }

  private static Map<String, Object> tensor(
      Ledger ledger, AccessCounts.Level level, AccessCounts.Tensor tensor) {
    long instances = Math.max(1, level.utilizedInstances());
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("reads", Figures.quotient(tensor.reads(), instances));
    entry.put("fills", Figures.quotient(tensor.fills(), instances));
    entry.put("updates", Figures.quotient(tensor.updates(), instances));
    entry.put("energy_total_pJ", energy(ledger, level.name(), tensor.name()));
    return entry;
  }

  /** Energy of the accesses of one tensor at one level, without wires and leakage. */
  private static double energy(Ledger ledger, String level, String tensor) {
    double sum = 0;
    for (Ledger.Entry entry : ledger.entries()) {
      if (entry.level().equals(level)
          && entry.operand().equals(tensor)
          && ACCESSES.contains(entry.action())) {
        sum += entry.energyPj();
      }
    }
    return sum;
  }

  private static String text(Evaluation result) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put("cycles", Figures.count(result.cycles()));
    summary.put("utilization [%]", Figures.measure(100 * result.utilization()));
    summary.put("computes", Figures.count(result.counts().computes()));
    summary.put("energy [pJ]", Figures.measure(result.ledger().totalPj()));
    TextTable table =
        new TextTable(
            List.of("level", "tensor"),
            List.of("instances", "reads", "fills", "updates", "energy [pJ]"));
    Map<String, Double> byLevel = result.ledger().byLevel();
    for (AccessCounts.Level level : result.counts().levels()) {
      String instances = Figures.count(level.utilizedInstances());
      table.row(row(level.name(), "", instances, byLevel));
      for (AccessCounts.Tensor tensor : level.tensors()) {
        table.row(
            List.of(
                "",
                tensor.name(),
                "",
                Figures.count(tensor.reads()),
                Figures.count(tensor.fills()),
                Figures.count(tensor.updates()),
                Figures.measure(energy(result.ledger(), level.name(), tensor.name()))));
      }
    }
    table.row(
        row(
            result.accelerator().mac().name(),
            "",
            Figures.count(result.counts().utilizedMacs()),
            byLevel));
    return TextTable.pairs(summary) + "\nwords accessed, all instances together\n" + table;
  }

  private static List<String> row(
      String name, String tensor, String instances, Map<String, Double> byLevel) {
    String energy = Figures.measure(byLevel.getOrDefault(name, 0.0));
    return List.of(name, tensor, instances, "", "", "", energy);
  }
}
