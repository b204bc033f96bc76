package dance.simulate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the Javadoc of {@link Explainer#explain} prints what it says there. */
class ExplanationExampleTest {
  @Test
  void theExampleOfTheJavadocPrintsWhatItSays(@TempDir Path folder) throws Exception {
    String source =
        Files.readString(Path.of("src/main/java/dance/simulate/explain/Explainer.java"));
    String code = between(source, "<pre>{@code\n", "}</pre>");
    String printed = between(source.substring(source.indexOf("}</pre>")), "<pre>\n", "</pre>");
    Path file = folder.resolve("Example.java");
    Files.writeString(
        file,
        """
        import dance.accelerator.Accelerator;
        import dance.simulate.count.*;
        import dance.simulate.explain.*;
        import dance.simulate.mapping.*;
        import dance.workload.Einsum;
        public class Example {
          public static void run(Einsum einsum, Accelerator accelerator, Mapping mapping) {
            %s
          }
        }
        """
            .formatted(code));
    Path classes =
        Path.of(Evaluation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classes.toString(), "-d", folder + "", file + "");
    assertThat(failed).isZero();
    Evaluation known = ExplanationTest.slidingWindow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream console = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Example")
          .getMethod("run", Einsum.class, Accelerator.class, Mapping.class)
          .invoke(null, known.einsum(), known.accelerator(), known.mapping());
    } finally {
      System.setOut(console);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).isEqualTo(printed.strip());
  }

  /** What stands between two marks of a comment, without its stars. */
  private static String between(String source, String start, String end) {
    int from = source.indexOf(start) + start.length();
    return source
        .substring(from, source.indexOf(end, from))
        .lines()
        .map(line -> line.replaceFirst("^ {3}\\* ?", ""))
        .collect(Collectors.joining("\n"));
  }
}
