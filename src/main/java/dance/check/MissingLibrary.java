package dance.check;

/**
 * Thrown if a library is not on the class path; the message names what needs it and the artefact to
 * add.
 */
public final class MissingLibrary extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what needs the library and how to add it
   * @param cause the error of the virtual machine, or null
   */
  public MissingLibrary(String message, Throwable cause) {
    super(message, cause);
  }
}
