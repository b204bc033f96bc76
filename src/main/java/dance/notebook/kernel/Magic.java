package dance.notebook.kernel;

import java.nio.file.Path;
import java.util.List;

/** A line of a cell that is no Java: {@code %name arguments}. */
interface Magic {
  /** What stands after the percent sign. */
  String name();

  /** An example, for messages. */
  String example();

  /**
   * Runs it.
   *
   * @param arguments the words of the line
   * @return what cells can use from then on
   * @throws IllegalArgumentException if they cannot be understood, or name nothing
   */
  List<Path> jars(List<String> arguments);
}
