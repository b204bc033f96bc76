package dance.notebook.kernel;

import java.nio.file.Path;
import java.util.List;

/** A line of a cell that is not Java: {@code %name arguments}. */
interface Magic {
  /** The name after the percent sign. */
  String name();

  /** An example, for messages. */
  String example();

  /**
   * Runs it.
   *
   * @param arguments the words of the line
   * @return jars for the following cells
   * @throws IllegalArgumentException if the arguments are invalid or nothing is found
   */
  List<Path> jars(List<String> arguments);
}
