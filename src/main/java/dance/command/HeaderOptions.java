package dance.command;

import dance.report.JsonText;
import dance.report.TextTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file whose header is shown. */
final class HeaderOptions {
  @Parameters(paramLabel = "FILE", description = "The file to show.")
  private Path file;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Prints the header that is read from the file. */
  void print(Console console, Function<Path, Map<String, String>> reader) {
    new FileChecks().input("FILE", file).check();
    Map<String, String> header = reader.apply(file);
    console.print(json ? JsonText.of(header) : TextTable.pairs(header));
  }
}
