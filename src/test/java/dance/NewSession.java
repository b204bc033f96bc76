package dance;

/** What a new kernel knows: nothing of the notebooks before, which ran in the same JVM. */
public final class NewSession {
  private NewSession() {}

  public static void begin() {
    Dance.restart();
  }
}
