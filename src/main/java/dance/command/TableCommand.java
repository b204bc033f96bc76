package dance.command;

import dance.check.Rules;
import dance.cost.CostModel;
import dance.evaluate.BuildOptions;
import dance.evaluate.CostTable;
import dance.evaluate.Shard;
import dance.evaluate.TableCheck;
import dance.simulate.Simulator;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance table}: computes, shows and checks cost tables. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Compute, show and check cost tables: every layer of a network space on every accelerator "
          + "of a space."
    })
final class TableCommand {
  private final Console console;

  TableCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "build",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Compute a table.",
        "Finished parts are kept in FILE.part, from which the same command resumes after an "
            + "interruption."
      })
  void build(
      @Mixin SpaceOptions spaces,
      @Option(
              names = "--threads",
              paramLabel = "N",
              description = "Number of threads (default: one per processor).")
          Integer threads,
      @Option(
              names = "--shard",
              paramLabel = "K/N",
              description =
                  "Compute only the K-th of N shards, for `table merge`: one each on N machines.")
          String shard,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "The table or shard (default: named after the spaces, in this folder).")
          Path out) {
    Rules rules = new Rules();
    Shard share = shard == null ? null : rules.tried(() -> Shard.parse(shard));
    NetworkSpace networks = rules.tried(spaces::networks);
    AcceleratorSpace designs = rules.tried(spaces::designs);
    BuildOptions usual = BuildOptions.defaults();
    BuildOptions timed = threads == null ? usual : rules.tried(() -> usual.threads(threads));
    if (out != null) {
      rules.tried(() -> new FileChecks().output("--out", out).done());
    }
    rules.check();
    String usualName =
        CostTable.fileName(networks, designs) + (share == null ? "" : share.suffix());
    Path file = out == null ? Path.of(usualName) : out;
    BuildOptions options =
        timed.progress(new ProgressBar(console.err(), System.console() != null)).file(file);
    if (share == null) {
      console.print(file + ": " + CostTable.build(model(), networks, designs, options));
    } else {
      CostTable.buildShard(model(), networks, designs, options.shard(share));
      console.print(
          "%s: shard %s of the cost table of %s × %s"
              .formatted(file, share, networks.name(), designs.name()));
    }
  }

  @Command(
      name = "merge",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Merge all shards of a table, as `table build --shard` wrote them.",
        "The result has the very bytes of a table that was built at once."
      })
  void merge(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "The shards, in any order.")
          List<Path> shards,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "The table (default: named after the spaces, in this folder).")
          Path out) {
    FileChecks files = new FileChecks();
    shards.forEach(shard -> files.input("FILE", shard));
    if (out != null) {
      files.output("--out", out);
    }
    files.check();
    Map<String, String> header = CostTable.header(shards.get(0));
    NetworkSpace networks = SpaceOptions.networks(header);
    AcceleratorSpace designs = SpaceOptions.designs(shards.get(0), header);
    CostTable table = CostTable.merge(shards, networks, designs);
    Path file = out == null ? Path.of(CostTable.fileName(networks, designs)) : out;
    table.write(file);
    console.print(file + ": " + table);
  }

  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = "Show the header of a table or a shard.")
  void info(@Mixin HeaderOptions shown) {
    shown.print(console, CostTable::header);
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Check that a table is intact, and simulate some of its cells again.",
        "Exit code 2 if a cell differs from the simulator."
      })
  void verify(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--cells",
              paramLabel = "N",
              defaultValue = "200",
              description = "Number of cells to simulate (default: ${DEFAULT-VALUE}).")
          int cells,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "1",
              description = "Seed of their choice (default: ${DEFAULT-VALUE}).")
          long seed) {
    new FileChecks().input("FILE", file).check();
    CostTable table = SpaceOptions.read(file);
    TableCheck check = TableCheck.of(table, model(), cells, seed);
    if (!check.stale().isEmpty()) {
      throw new IllegalArgumentException(
          file
              + " is stale:\n"
              + String.join("\n", check.stale())
              + "\nMaybe rebuild it: dance table build --space "
              + table.networkSpace().name()
              + " --out "
              + file);
    }
    console.print(file + ": " + table + "; " + cells + " cells are what the simulator says");
  }

  /** Any number of threads ask it, each for another layer. */
  private static CostModel model() {
    return new Simulator(Simulator.Options.proven().threads(1));
  }
}
