package dance;

import dance.check.Library;
import dance.command.Main;

/** Starts the command line, or reports a missing library: this class needs no other library. */
public final class Launcher {
  private Launcher() {}

  /** As {@link Main#main}; exit code 2 if its library is absent. */
  public static void main(String... args) {
    try {
      Main.main(args);
    } catch (NoClassDefFoundError absent) {
      if (Library.PICOCLI.present()) {
        throw absent;
      }
      System.err.println("the command line needs " + Library.PICOCLI.missing());
      System.exit(2);
    }
  }
}
