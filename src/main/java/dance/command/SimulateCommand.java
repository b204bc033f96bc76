package dance.command;

import dance.accelerator.Dataflow;
import dance.simulate.mapper.Effort;
import java.util.Optional;
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
      converter = Choice.OfDataflow.class,
      description =
          "Weight-, output- or row-stationary mappings only (default: as the accelerator has it).")
  private Dataflow dataflow;

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
    Engine engine = console.engine();
    SimulationReport report =
        new SimulationReport(
            engine.simulate(network.given(), accelerator, Optional.ofNullable(dataflow), effort),
            effort);
    console.print(
        format.json ? Json.of(report.structure()) : format.csv ? report.csv() : report.text());
  }
}
