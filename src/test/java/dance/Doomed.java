package dance;

/** Where a program stands still that a test kills: however late, it finds the work unfinished. */
public final class Doomed {
  private static final long LONGEST_MS = 300_000;

  private Doomed() {}

  /** Never returns; fails unless the program is killed. */
  public static void await() {
    try {
      Thread.sleep(LONGEST_MS);
    } catch (InterruptedException unexpected) {
      unexpected.printStackTrace();
    }
    Runtime.getRuntime().halt(1);
  }
}
