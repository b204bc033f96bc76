package dance.notebook.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * Effects of a declaration on earlier ones: JShell re-creates variables of a class that is declared
 * again, without their values, and drops declarations that no longer compile.
 */
final class Aftermath {
  private Aftermath() {}

  /** As text; empty if no other declaration is affected. */
  static Optional<String> of(List<SnippetEvent> events) {
    List<String> reset = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    String cause = "";
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null
          || event.previousStatus() != Status.VALID
          || !(event.snippet() instanceof DeclarationSnippet touched)) {
        continue;
      }
      boolean dropped = !event.status().isDefined() && event.status() != Status.OVERWRITTEN;
      boolean emptied =
          event.status() == Status.VALID
              && event.isSignatureChange()
              && touched instanceof VarSnippet;
      if (dropped || emptied) {
        (dropped ? gone : reset).add(touched.name());
        cause = name(event.causeSnippet());
      }
    }
    if (reset.isEmpty() && gone.isEmpty()) {
      return Optional.empty();
    }
    // JShell's own order is not the same in every run
    Collections.sort(reset);
    Collections.sort(gone);
    List<String> parts = new ArrayList<>();
    if (!reset.isEmpty()) {
      parts.add("reset to null: " + String.join(", ", reset));
    }
    if (!gone.isEmpty()) {
      parts.add("not usable until declared again: " + String.join(", ", gone));
    }
    return Optional.of(cause + " was replaced; " + String.join("; ", parts));
  }

  private static String name(Snippet cause) {
    if (cause instanceof TypeDeclSnippet type) {
      return switch (type.subKind()) {
            case INTERFACE_SUBKIND -> "interface ";
            case ENUM_SUBKIND -> "enum ";
            case RECORD_SUBKIND -> "record ";
            default -> "class ";
          }
          + type.name();
    }
    return cause instanceof DeclarationSnippet other ? other.name() : "a declaration";
  }
}
