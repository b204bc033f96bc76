package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dance.evaluate.neural.SameDigits;
import dance.notebook.Jupyter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as a client of Jupyter's sees it: one session, looked at from several sides. */
class KernelInJupyterTest {
  /** Ten times what is promised, for a busy machine; the cells would run for a minute. */
  private static final double MOST_BUSY_SECONDS = 10;

  private static JsonObject seen;

  @BeforeAll
  static void session(@TempDir Path folder) throws Exception {
    Jupyter jupyter = Jupyter.orSkip(folder);
    try (InputStream script = KernelInJupyterTest.class.getResourceAsStream("session.py")) {
      String python = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      seen = answer(jupyter.python(python, talkative(folder)));
    }
  }

  /** The one line that was asked for. */
  private static JsonObject answer(String printed) {
    String mark = "SEEN ";
    String line = printed.lines().filter(l -> l.startsWith(mark)).findFirst().orElseThrow();
    return JsonParser.parseString(line.substring(mark.length())).getAsJsonObject();
  }

  /**
   * A Python that has more to say than it is asked for: the debugger of a whole Jupyter prints such
   * a line, first and last.
   */
  private static Path talkative(Path folder) throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("libraries"));
    String warning = "'Debugger warning: It seems that frozen modules are being used'";
    Files.writeString(
        libraries.resolve("sitecustomize.py"),
        """
        import atexit, sys
        print(%1$s, file=sys.stderr)
        atexit.register(lambda: print(%1$s, file=sys.stderr))
        """
            .formatted(warning));
    return libraries;
  }

  private static List<String> strings(String name) {
    return strings(seen.get(name));
  }

  private static List<String> strings(JsonElement array) {
    List<String> all = new ArrayList<>();
    array
        .getAsJsonArray()
        .forEach(e -> all.add(e.isJsonPrimitive() ? e.getAsString() : e.toString()));
    return all;
  }

  @Test
  @Tag("timing")
  void theFirstFigureIsThereWithinSecondsOfTheStart() {
    assertThat(strings("first_figure")).contains("image/svg+xml", "text/plain");
    // the machine may be busy with other things: what counts is the work done until then
    assertThat(seen.get("first_figure_cpu_s").getAsDouble()).isLessThan(5);
    assertThat(seen.get("first_figure_s").getAsDouble()).isLessThan(90);
  }

  @Test
  void whatIsPrintedArrivesInItsOrderWhileTheCellRuns() {
    assertThat(strings("streams")).containsExactly("[\"stdout\",\"a\"]", "[\"stderr\",\"b\\n\"]");
    assertThat(seen.get("value").getAsString()).isEqualTo("7");
  }

  @Test
  void theProcessOfTheKernelHasWhatTheSameDigitsNeed() {
    JsonObject environment = seen.getAsJsonObject("environment");
    assertThat(SameDigits.environment()).containsKey("OMP_NUM_THREADS");
    SameDigits.environment()
        .forEach((name, value) -> assertThat(environment.get(name).getAsString()).isEqualTo(value));
  }

  @Test
  void anErrorHasTheNameOfWhatWasThrownItsMessageAndTheLine() {
    List<String> error = strings("error");
    assertThat(error.get(0)).isEqualTo("IllegalArgumentException");
    assertThat(error.get(1)).contains("must divide its input channels (48)", "cell 3, line 2");
  }

  @Test
  @Tag("timing")
  void cellsAreInterruptedWithinASecondAndTheKernelContinues() {
    for (String name : List.of("interrupt_busy", "interrupt_sleep")) {
      assertThat(seen.getAsJsonArray(name).get(0).getAsDouble())
          .as(name)
          .isLessThan(MOST_BUSY_SECONDS);
      assertThat(seen.getAsJsonArray(name).get(1).getAsString()).isEqualTo("CellInterrupted");
    }
    assertThat(seen.get("after_interrupt").getAsString()).isEqualTo("2");
  }

  @Test
  void tabCompletesAndShiftTabTells() {
    JsonObject completion = seen.getAsJsonObject("complete");
    assertThat(strings(completion.get("matches"))).contains("eyeriss()");
    assertThat(completion.get("cursor_start").getAsInt())
        .isEqualTo("var chip = Accelerators.".length());
    JsonObject inText = seen.getAsJsonObject("complete_text");
    assertThat(strings(inText.get("matches"))).containsExactly("eyeriss", "eyeriss45");
    assertThat(inText.get("cursor_start").getAsInt())
        .isEqualTo("var chip = Accelerators.byName(\"".length());
    assertThat(seen.get("inspect").getAsString())
        .containsPattern("simulate\\(Object network, Object accelerator");
    assertThat(seen.get("inspect_variable").getAsString()).contains("int n = 1");
    assertThat(strings("complete_states")).containsExactly("complete", "incomplete", "invalid");
    assertThat(strings("history")).isEmpty();
  }

  @Test
  void progressIsOneLineThatIsUpdatedAndGoneWhenTheWorkIsOver() {
    List<String> messages = strings("progress");
    // one in 0.3 s, the first, the last and the end
    double most = seen.get("progress_s").getAsDouble() / 0.3 + 4;
    assertThat((double) messages.size()).isBetween(4.0, most);
    assertThat(messages.get(0)).isEqualTo("display_data");
    assertThat(messages.subList(1, messages.size() - 1)).containsOnly("update_display_data");
    assertThat(messages).last().isEqualTo("clear_output");
    assertThat(strings("progress_text")).last().isEqualTo("");
    assertThat(strings("progress_text")).anyMatch(text -> text.contains("20 of 20"));
  }

  @Test
  void whatACellShowsBesideProgressStaysAsItWas() {
    assertThat(strings("cleared"))
        .containsExactly(
            "clear_output", "stream", "stream", "display_data", "stream", "execute_result");
    assertThat(strings("cleared_texts"))
        .containsExactly("before\n", "aside\n", "42", "after\n", "43");
  }

  @Test
  void itEndsOnRequestEvenIfACellLeftAThreadBehind() {
    assertThat(seen.get("gone").getAsBoolean()).isTrue();
    // else it would be killed after a minute
    assertThat(seen.get("shutdown_s").getAsDouble()).isLessThan(50);
  }
}
