package dance.command;

import dance.interchange.NetworkFile;
import dance.interchange.NetworkReader;
import dance.interchange.onnx.OnnxNetwork;
import dance.report.NetworkRows;
import dance.report.TextTable;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance network}: shows the layers of a network, and the report of its import. */
@Command(
    name = "network",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Show the layers of a network, and for an ONNX model the import report of every node.",
      "With --csv, as a file that can be edited and read again."
    })
final class NetworkCommand implements Runnable {
  private final Console console;

  @Mixin private NetworkOptions network;

  @Option(names = "--csv", description = "Print a file of layers.")
  private boolean csv;

  NetworkCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    GivenNetwork given = network.given();
    Optional<Path> file = given.file();
    if (!csv && file.isPresent() && NetworkReader.isOnnx(file.get())) {
      console.print(OnnxNetwork.read(file.get(), given.sizes()).toString());
      return;
    }
    Network read = given.read(console::warn);
    console.print(csv ? NetworkFile.format(read) : TextTable.of(NetworkRows.sums(read)));
  }
}
