package dance.command;

import dance.check.AtomicFile;
import dance.cost.Objective;
import dance.interchange.AcceleratorSpaceFile;
import dance.interchange.NetworkSpaceFile;
import dance.interchange.ObjectiveFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance space}: presets of spaces and objectives as files. */
@Command(
    name = "space",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Write spaces and objectives as YAML files, to be changed and read again.",
      "landscape: how much the designs of a space differ."
    })
final class SpaceCommand {
  private final Console console;

  SpaceCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Print a preset as a file for --space, --accelerators or --objective.",
        "A file of one is checked and printed in this form."
      })
  void export(
      @Parameters(
              paramLabel = "NAME|FILE",
              description =
                  "A network space such as cifar or mini:0.5, the accelerator space dance or wide,"
                      + " or an objective such as edap.")
          String name,
      @Option(names = "--out", paramLabel = "FILE.yaml", description = "Write it to this file.")
          Path out) {
    if (out != null) {
      new FileChecks().output("--out", out).check();
    }
    String text = text(name);
    if (out == null) {
      console.print(text);
    } else {
      AtomicFile.write(out, text);
    }
  }

  private static String text(String name) {
    if (Objective.names().contains(name) || name.startsWith("linear:")) {
      return ObjectiveFile.write(Objective.byName(name));
    }
    return SpaceOptions.isAccelerators(name)
        ? AcceleratorSpaceFile.write(SpaceOptions.designs(name))
        : NetworkSpaceFile.write(SpaceOptions.networks(name));
  }
}
