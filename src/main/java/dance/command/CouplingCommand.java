package dance.command;

import dance.check.MissingLibrary;
import dance.check.Rules;
import dance.notebook.Notebook;
import dance.report.CouplingRows;
import dance.report.CsvText;
import dance.report.JsonText;
import dance.report.TextTable;
import dance.search.Coupling;
import dance.search.LimitGrid;
import dance.search.SearchProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance coupling}: does it pay to choose network and accelerator together? */
@Command(
    name = "coupling",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Enumerate all pairs of network and accelerator: what each way to choose them one after "
          + "the other loses against the joint optimum.",
      "With --latencies and --areas: the most accuracy within each pair of limits."
    })
final class CouplingCommand implements Runnable {
  private final Console console;

  @Mixin private SearchOptions search;

  @Mixin private RunOptions run;

  @Option(
      names = "--lambdas",
      split = ",",
      paramLabel = "X",
      defaultValue = "0.003,0.01,0.03,0.1,0.3",
      description = "Weights of the normalized cost (default: ${DEFAULT-VALUE}).")
  private double[] lambdas;

  @Option(
      names = "--latencies",
      split = ",",
      paramLabel = "MS",
      description = "Limits on the latency, for a grid with --areas.")
  private double[] latencies;

  @Option(
      names = "--areas",
      split = ",",
      paramLabel = "MM2",
      description = "Limits on the area, for a grid with --latencies.")
  private double[] areas;

  CouplingCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Rules rules =
        new Rules()
            .require(
                (latencies == null) == (areas == null),
                "a grid of limits needs both --latencies and --areas")
            .require(
                !search.trains(SearchOptions.MINI),
                "coupling enumerates a table of accuracies: --task is of images")
            .require(!search.namesEvaluators(), "coupling has exact costs: no --evaluator-file");
    ResultFolder out = run.folder("coupling", rules);
    List<SearchProblem> problems = search.problems(SearchOptions.MINI, rules);
    if (latencies != null) {
      grids(problems, out);
      return;
    }
    List<List<Coupling>> all =
        problems.stream().map(p -> Coupling.of(p, search.threads(), lambdas)).toList();
    List<Coupling> flat = all.stream().flatMap(List::stream).toList();
    String json = JsonText.of(Map.of("choices", CouplingRows.of(flat)));
    console.print(
        run.json() ? json : String.join("\n", all.stream().map(CouplingCommand::text).toList()));
    out.make();
    out.write("coupling.json", json + "\n");
    out.write("coupling.csv", CsvText.of(CouplingRows.of(flat)));
    for (List<Coupling> one : lambdas.length > 1 ? all : List.<List<Coupling>>of()) {
      chart(one, all.size() == 1 ? out : out.within(CompareCommand.folderOf(one.get(0).problem())));
    }
  }

  private static String text(List<Coupling> couplings) {
    SearchProblem problem = couplings.get(0).problem();
    return problem.name()
        + "\ncosts "
        + problem.costs()
        + "\n\n"
        + TextTable.of(CouplingRows.regrets(couplings));
  }

  private void grids(List<SearchProblem> problems, ResultFolder out) {
    Map<String, Object> structure = new LinkedHashMap<>();
    List<String> text = new ArrayList<>();
    out.make();
    for (SearchProblem problem : problems) {
      LimitGrid grid = LimitGrid.of(problem, latencies, areas);
      structure.put(problem.objective().name(), CouplingRows.of(grid));
      text.add(
          problem.name()
              + ": accuracy [%] within limits\ncosts "
              + problem.costs()
              + "\n\n"
              + TextTable.of(CouplingRows.of(grid)));
      ResultFolder place =
          problems.size() == 1 ? out : out.within(CompareCommand.folderOf(problem));
      place.make();
      place.write("limits.csv", CsvText.of(CouplingRows.of(grid)));
    }
    console.print(run.json() ? JsonText.of(structure) : String.join("\n", text));
  }

  private void chart(List<Coupling> couplings, ResultFolder place) {
    try {
      place.make();
      place
          .path()
          .ifPresent(
              folder -> {
                SearchCharts.need();
                Notebook.save(Notebook.coupling(couplings), folder.resolve("coupling.svg"));
              });
    } catch (MissingLibrary absent) {
      console.err().println("warning: no charts: " + absent.getMessage());
    }
  }
}
