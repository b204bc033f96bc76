package dance.command;

import dance.check.Rules;
import dance.notebook.kernel.KernelMain;
import dance.report.Column;
import dance.report.JsonText;
import dance.report.Rows;
import dance.report.TextTable;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance kernel}: installs the kernel of this toolkit in Jupyter. */
@Command(
    name = "kernel",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Install, remove or list the Jupyter kernel of this toolkit.")
final class KernelCommand {
  private final Console console;

  KernelCommand(Console console) {
    this.console = console;
  }

  /** Name of the kernel. */
  static final class Given {
    @ArgGroup private Where where = new Where();

    @Option(
        names = "--name",
        paramLabel = "NAME",
        defaultValue = "dance",
        description = "Name of the kernel in Jupyter (default: ${DEFAULT-VALUE}).")
    private String name;

    KernelFolder folder() {
      new Rules()
          .require(
              name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
              "--name (%s) must be of letters, digits, dots, underscores and hyphens, and begin"
                  + " with a letter or digit",
              name)
          .check();
      return new KernelFolder(
          where.prefix == null ? KernelFolder.ofUser() : KernelFolder.under(where.prefix), name);
    }
  }

  /** At most one location. */
  static final class Where {
    @Option(names = "--user", description = "For this user (default).")
    private boolean user;

    @Option(
        names = "--prefix",
        paramLabel = "DIR",
        description = "For all users of the Jupyter installed there, such as /usr/local.")
    private Path prefix;
  }

  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Install a kernel that runs this Java and this jar.",
        "Jupyter then offers it as \"Java (dance)\". Run this again when either has moved."
      })
  void install(@Mixin Given given) {
    String missing = KernelMain.missing();
    new Rules().require(missing.isEmpty(), "%s", missing).check();
    KernelFolder folder = given.folder();
    folder.install();
    console.print(
        "%s: installed\nMaybe next: jupyter notebook, then New, Java (dance)"
            .formatted(folder.path()));
  }

  @Command(
      name = "uninstall",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = "Remove a kernel that install wrote.")
  void uninstall(@Mixin Given given) {
    KernelFolder folder = given.folder();
    folder.uninstall();
    console.print(folder.path() + ": removed");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = "List the kernels of this toolkit that Jupyter finds.")
  void list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    List<KernelFolder> found = KernelFolder.installed();
    Rows<KernelFolder> rows =
        new Rows<>(
            List.of(
                Column.of("name", "name", KernelFolder::name),
                Column.of("folder", "path", folder -> folder.path().toString()),
                Column.of("state", "state", KernelFolder::state)),
            found);
    console.print(
        json
            ? JsonText.of(rows)
            : found.isEmpty() ? "no kernel of this toolkit is installed" : TextTable.of(rows));
  }
}
