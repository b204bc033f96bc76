package dance;

import dance.command.Main;

/** Starts the command line, or says why it cannot: this class needs nothing but Java. */
public final class Launcher {
  private Launcher() {}

  /** As {@link Main#main}; exit code 2 if its library is absent. */
  public static void main(String... args) {
    try {
      Main.main(args);
    } catch (NoClassDefFoundError absent) {
      if (!absent.getMessage().startsWith("picocli/")) {
        throw absent;
      }
      System.err.println(
          "the command line needs the library picocli, which is not on the class path."
              + " Maybe dance.jar was moved without its folder lib.");
      System.exit(2);
    }
  }
}
