package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalPlaceTest {
  @Test
  void aShorterTextLeavesNothingOfTheOneBefore() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TerminalPlace.Last line =
        new TerminalPlace.Last(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    line.show("ready in 10 s");
    line.show("took 9 s");
    line.end();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\rready in 10 s\rtook 9 s     " + System.lineSeparator());
  }
}
