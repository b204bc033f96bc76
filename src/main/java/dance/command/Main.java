package dance.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "dance",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Co-exploration of networks and accelerators: an exact simulator, and searches with it.",
      "Without a command: explore --beside neural,flops,accuracy --quick."
    },
    footer = {"", "Exit codes: 0 done, 2 invalid input, 1 internal error."})
public final class Main implements Runnable {
  private static final String[] MAIN_JOB = {
    "explore", "--beside", "neural,flops,accuracy", "--quick"
  };

  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Show the stack trace of a failure.")
  private boolean stackTrace;

  private Main() {}

  /** Runs a command and ends the program with its exit code. */
  public static void main(String... args) {
    // numbers have points and units such as mm² in UTF-8, independent of the locale
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs a command; returns its exit code. */
  static int run(PrintStream out, PrintStream err, String... args) {
    Console console = new Console(out, err);
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    line.addSubcommand(new TimeloopCommand(console));
    line.addSubcommand(new MapCommand(console));
    line.addSubcommand(new SimulateCommand(console));
    line.addSubcommand(new NetworkCommand(console));
    line.addSubcommand(
        new CommandLine(new SpaceCommand(console)).addSubcommand(new LandscapeCommand(console)));
    line.addSubcommand(new TableCommand(console));
    line.addSubcommand(new OracleCommand(console));
    line.addSubcommand(new EvaluatorCommand(console));
    line.addSubcommand(new ExploreCommand(console));
    line.addSubcommand(new CompareCommand(console));
    line.addSubcommand(new CouplingCommand(console));
    line.addSubcommand(
        new CommandLine(new SupernetCommand(console))
            .addSubcommand(new SupernetCompareCommand(console)));
    line.addSubcommand(new FrontsCommand(console));
    line.addSubcommand(new IngredientsCommand(console));
    line.addSubcommand(new DataCommand(console));
    line.addSubcommand(new BenchmarkCommand(console));
    line.addSubcommand(new BenchCommand(console));
    line.addSubcommand(new KernelCommand(console));
    line.addSubcommand(new LessonCommand(console));
    line.setExpandAtFiles(false); // file names may begin with @
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setParameterExceptionHandler(
        (failure, given) -> new Failures(err, main.stackTrace).report(failure));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> new Failures(err, main.stackTrace).report(failure));
    try {
      return line.execute(args.length == 0 ? MAIN_JOB : args);
    } catch (StackOverflowError | OutOfMemoryError | LinkageError failure) {
      return new Failures(err, main.stackTrace).report(failure);
    } finally {
      out.flush();
    }
  }

  /** Options without a command. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing; --help shows what there is");
  }

  /** The version of the build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      try (InputStream text = Main.class.getResourceAsStream("/dance/version.txt")) {
        return new String[] {
          "dance " + new String(text.readAllBytes(), StandardCharsets.UTF_8).strip()
        };
      }
    }
  }
}
