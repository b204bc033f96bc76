package dance.evaluate.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndisturbedTest {
  /** As JNA does while it looks for libraries: an interrupt before or meanwhile was lost. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptIsThereAfterCodeThatSwallowsIt(boolean meanwhile) {
    Thread caller = Thread.currentThread();
    if (!meanwhile) {
      caller.interrupt();
    }
    boolean seen =
        Undisturbed.get(
            "swallowing",
            () -> {
              if (meanwhile) {
                caller.interrupt();
              }
              return Thread.interrupted();
            });
    assertThat(Thread.interrupted()).as("of the caller").isTrue();
    assertThat(seen).as("of the code").isFalse();
  }

  @Test
  void whatTheCodeThrowsIsThrown() {
    assertThatThrownBy(() -> Undisturbed.get("failing", () -> Integer.parseInt("x")))
        .isInstanceOf(NumberFormatException.class);
    LinkageError missing = new LinkageError("no library");
    assertThatThrownBy(
            () ->
                Undisturbed.get(
                    "missing",
                    () -> {
                      throw missing;
                    }))
        .isSameAs(missing);
    assertThat(Thread.interrupted()).isFalse();
  }
}
