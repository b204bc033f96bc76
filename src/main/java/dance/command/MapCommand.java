package dance.command;

import dance.check.AtomicFile;
import dance.check.Rules;
import dance.cost.Objective;
import dance.interchange.Parsed;
import dance.interchange.TimeloopConstraints;
import dance.report.JsonText;
import dance.report.MappingRows;
import dance.report.Rows;
import dance.report.TextTable;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapper.MapSpace;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final Console console;

  @Mixin private ProblemOptions given;

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
      converter = WordOption.OfObjective.class,
      description = "What is minimised (default: ${DEFAULT-VALUE}).")
  private Objective objective;

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

  @Mixin private ExportOption export;

  MapCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    FileChecks files = given.files();
    constraints.forEach(file -> files.input("CONSTRAINTS.yaml", file));
    if (out != null) {
      files.output("--out", out);
    }
    files.check();
    Rules rules = new Rules();
    export.check(rules);
    rules.check();
    Effort effort = search.effort(Effort.DEFAULT);
    TimeloopInput input = given.read(console);
    MapSpace space = Dataflows.startingFromAll(space(input)).withDimensionsAlongOneSide();
    MappingResult found =
        Mapper.best(
            perfectFactors || given.accounting() == Accounting.TIMELOOP
                ? space.withPerfectFactors()
                : space,
            objective,
            given.accounting(),
            effort);
    if (out != null) {
      AtomicFile.write(out, MappingRows.yaml(found));
    }
    export.write(found.evaluation());
    Rows<MappingResult> rows = MappingRows.of(List.of(found), effort);
    console.print(given.json() ? JsonText.of(rows.objects().get(0)) : text(rows, found));
  }

  private MapSpace space(TimeloopInput input) {
    List<Path> all = new ArrayList<>(constraints);
    if (TimeloopConstraints.inPlace(given.architecture())) {
      all.add(given.architecture());
    }
    if (all.isEmpty()) {
      TimeloopInput sized =
          input.narrowed(given.problem(), Optional.empty(), Optional.empty(), console::warn);
      return MapSpace.free(sized.einsum(), sized.accelerator());
    }
    Parsed<MapConstraints> reading =
        TimeloopConstraints.read(all, input.einsum(), input.accelerator());
    reading.warnings().forEach(console::warn);
    TimeloopInput sized =
        input.narrowed(
            given.problem(), Optional.empty(), Optional.of(reading.value()), console::warn);
    return MapSpace.of(sized.einsum(), sized.accelerator(), reading.value());
  }

  private String text(Rows<MappingResult> rows, MappingResult found) {
    List<String> keys = new ArrayList<>(List.of("cycles", "energy_total_pJ", "technology"));
    if (objective == Objective.EDP) {
      keys.add("objective_value");
    }
    keys.addAll(List.of("mappings", "optimal", "lower_bound"));
    if (!found.optimal()) {
      keys.add("gap");
    }
    String lines = TextTable.pairs(rows.only(keys.toArray(String[]::new)).columns(), found);
    return out == null ? lines.replaceAll("(?m)^(?=.)", "# ") + MappingRows.yaml(found) : lines;
  }
}
