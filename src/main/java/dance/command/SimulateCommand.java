package dance.command;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Validation;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.report.Column;
import dance.report.CsvText;
import dance.report.JsonText;
import dance.report.LayerRows;
import dance.report.MappingRows;
import dance.report.NetworkRows;
import dance.report.Rows;
import dance.report.TextTable;
import dance.report.Worded;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.Simulator;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MappingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance simulate}: maps and simulates a network. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Map and simulate a network on an accelerator, layer by layer and in total.",
      "The values of a repeated layer are those of all its repeats."
    })
final class SimulateCommand implements Runnable {
  private final Console console;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--accelerator",
      required = true,
      paramLabel = "NAME|FILE",
      description = "A preset, such as eyeriss, or an architecture (.yaml).")
  private String accelerator;

  @Option(
      names = "--dataflow",
      paramLabel = "ws|os|rs",
      converter = WordOption.OfDataflow.class,
      description =
          "Weight-, output- or row-stationary mappings only (default: as the accelerator has it).")
  private Dataflow dataflow;

  @Option(
      names = "--technology",
      paramLabel = "chip|published",
      converter = WordOption.OfTechnology.class,
      description = {
        "Costs of a preset or a template: as on the chip, or the tables as published, without what",
        "a chip has beside its components (default: as its name says, else chip)."
      })
  private String technology;

  @Option(
      names = "--objective",
      paramLabel = "edp|energy|latency",
      defaultValue = "edp",
      converter = WordOption.OfObjective.class,
      description = "Minimised when mapping each layer (default: ${DEFAULT-VALUE}).")
  private Objective objective;

  @Mixin private EffortOptions search;

  @ArgGroup private Format format = new Format();

  /** At most one of them. */
  static final class Format {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--csv", description = "Print comma-separated values.")
    private boolean csv;
  }

  SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Effort effort = search.effort(Effort.DEFAULT);
    SimulationInput input =
        SimulationInput.read(
            network.given(),
            technology == null ? accelerator : Accelerators.withCosts(accelerator, technology),
            Optional.ofNullable(dataflow),
            console::warn);
    NetworkEvaluation evaluation =
        new Simulator(Simulator.Options.defaults().objective(objective).effort(effort))
            .evaluate(input.network(), input.accelerator());
    console.print(
        format.json
            ? JsonText.of(NetworkRows.object(evaluation))
            : format.csv ? CsvText.of(lines(evaluation)) : text(evaluation, effort));
  }

  private static Rows<LayerRows.Line> lines(NetworkEvaluation evaluation) {
    return LayerRows.withTotal(evaluation).without("kind", "operations", "gap");
  }

  private static String text(NetworkEvaluation evaluation, Effort effort) {
    List<Column<NetworkEvaluation>> summary =
        new ArrayList<>(Column.metrics(NetworkEvaluation::metrics));
    summary.add(Column.of("area by part [mm²]", "area_by_part", e -> area(e.accelerator())));
    summary.add(Column.of("proven optimal", "proven", e -> proven(e, effort)));
    return "%s on %s, dataflow %s, costs %s\nvalidation: %s\n\n"
            .formatted(
                evaluation.network().name(),
                evaluation.accelerator().name(),
                evaluation.accelerator().dataflow().label(),
                evaluation.accelerator().costs(),
                Validation.of(evaluation.accelerator()))
        + TextTable.of(lines(evaluation).without("area_mm2", "edap", "technology"))
        + "\n"
        + TextTable.pairs(summary, evaluation);
  }

  private static String area(Accelerator accelerator) {
    return accelerator.area().parts().stream()
        .map(p -> p.component() + " " + SignificantDigits.measure(p.areaMm2()))
        .collect(Collectors.joining(", "));
  }

  /** How many mappings are known to be the best, and how far the others may be from that. */
  private static String proven(NetworkEvaluation evaluation, Effort effort) {
    List<MappingResult> mappings =
        evaluation.layers().stream().map(LayerEvaluation::result).toList();
    long count = mappings.stream().filter(MappingResult::optimal).count();
    Worded proven = Worded.share(count, mappings.size());
    if (count == mappings.size()) {
      return proven + " mappings";
    }
    double widest = mappings.stream().mapToDouble(MappingRows::gap).max().orElse(0);
    return "%s mappings, gap at most %s %%, effort reached: %s a layer"
        .formatted(proven, SignificantDigits.measure(100 * widest), effort);
  }
}
