package dance.check;

/**
 * A library is not on the class path; the message says what it is for and which artefact to add.
 */
public final class MissingLibrary extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** With what the virtual machine said, or null. */
  public MissingLibrary(String message, Throwable cause) {
    super(message, cause);
  }
}
