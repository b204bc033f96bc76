package dance.command;

import dance.check.AtomicFile;
import dance.cost.Figures;
import dance.cost.Metric;
import dance.simulate.mapper.Effort;
import dance.simulate.mapping.Accounting;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance map}: finds the best mapping of a problem. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Find the best mapping of a problem on an architecture.",
      "Prints the mapping as YAML, with its costs as comments."
    })
final class MapCommand implements Runnable {
  private static final Effort EFFORT = Effort.steps(8_000_000);

  private final Console console;

  @Parameters(index = "0", paramLabel = "ARCH.yaml", description = "Architecture and its energies.")
  private Path architecture;

  @Parameters(index = "1", paramLabel = "PROBLEM.yaml", description = "Dimensions and tensors.")
  private Path problem;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "CONSTRAINTS.yaml",
      description = "Constraints on the mapping; several files are combined.")
  private List<Path> constraints = List.of();

  @Option(
      names = "--objective",
      paramLabel = "edp|energy|latency",
      defaultValue = "edp",
      converter = Choice.OfObjective.class,
      description = "What is minimised (default: ${DEFAULT-VALUE}).")
  private Metric objective;

  @Option(
      names = "--accounting",
      paramLabel = "exact|timeloop",
      defaultValue = "exact",
      converter = Choice.OfAccounting.class,
      description = "How accesses are counted (default: ${DEFAULT-VALUE}).")
  private Accounting accounting;

  @Option(
      names = "--out",
      paramLabel = "MAPPING.yaml",
      description = "Write the mapping to this file and print only its costs.")
  private Path out;

  @Option(
      names = "--perfect-factors",
      description = {
        "Only mappings whose spatial factors divide, as most mappers choose from",
        "(with --accounting timeloop always: Timeloop's mapper does)."
      })
  private boolean perfectFactors;

  @Mixin private EffortOptions search;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  MapCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    GivenFiles files =
        new GivenFiles().input("ARCH.yaml", architecture).input("PROBLEM.yaml", problem);
    constraints.forEach(file -> files.input("CONSTRAINTS.yaml", file));
    if (out != null) {
      files.output("--out", out);
    }
    files.check();
    Effort effort = search.effort(EFFORT);
    Engine.Found found =
        console
            .engine()
            .map(
                architecture,
                problem,
                constraints,
                objective,
                accounting,
                effort,
                perfectFactors || accounting == Accounting.TIMELOOP);
    if (out != null) {
      AtomicFile.write(out, found.yaml());
    }
    console.print(json ? Json.of(structure(found)) : text(found, effort));
  }

  private Map<String, Object> structure(Engine.Found found) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("cycles", found.cycles());
    top.put("energy_total_pJ", found.energyPj());
    top.put("objective", objective.name().toLowerCase(Locale.ROOT));
    top.put("objective_value", found.objective());
    top.put("mappings", found.mappings());
    top.put("optimal", found.optimal());
    top.put("lower_bound", found.lowerBound());
    top.put("gap", gap(found));
    top.put("mapping", found.yaml());
    return top;
  }

  /** Upper bound on the relative improvement over the value found. */
  private static double gap(Engine.Found found) {
    return found.optimal() ? 0 : 1 - found.lowerBound() / found.objective();
  }

  private String text(Engine.Found found, Effort effort) {
    String unit =
        switch (objective) {
          case ENERGY -> "pJ";
          case LATENCY -> "cycles";
          default -> "pJ·cycles";
        };
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("cycles", Figures.count(found.cycles()));
    figures.put("energy [pJ]", Figures.measure(found.energyPj()));
    if (objective == Metric.EDP) {
      figures.put("EDP [" + unit + "]", Figures.measure(found.objective()));
    }
    figures.put("mappings", Figures.count(found.mappings()));
    figures.put(
        "optimal", found.optimal() ? "yes, proven" : "not proven, effort reached: " + effort);
    figures.put("lower bound [" + unit + "]", Figures.measure(found.lowerBound()));
    if (!found.optimal()) {
      figures.put("gap [%]", Figures.measure(100 * gap(found)));
    }
    String lines = TextTable.pairs(figures);
    return out == null ? lines.replaceAll("(?m)^(?=.)", "# ") + found.yaml() : lines;
  }
}
