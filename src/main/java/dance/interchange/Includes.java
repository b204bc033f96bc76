package dance.interchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines {@code {{include_text('other.yaml')}}} of Timeloop's files, the one part of Jinja that its
 * layer shapes use: the text of that file, found from the folder of this one, stands there. An
 * included file includes no other. A text with other templates is not YAML yet: it is refused.
 */
final class Includes {
  private static final Pattern INCLUDE =
      Pattern.compile("(?m)^\\s*\\{\\{\\s*include_text\\(\\s*['\"]([^'\"\\n]+)['\"]\\s*\\)\\s*}}");

  private static final Pattern TEMPLATE =
      Pattern.compile("(?m)^[^#\\n]*?(\\{%[^\\n]*%}|\\{\\{[^{}:\\n]*}})");
  private static final int MAX_INCLUDES = 16;

  private Includes() {}

  /**
   * The text with the included ones in it.
   *
   * @throws IllegalArgumentException if one cannot be read, or a template remains
   */
  static String expanded(Path file, String text) {
    Matcher include = INCLUDE.matcher(text);
    StringBuilder all = new StringBuilder();
    for (int i = 0; include.find(); i++) {
      if (i >= MAX_INCLUDES) {
        throw new IllegalArgumentException(file + " includes more than " + MAX_INCLUDES + " files");
      }
      include.appendReplacement(all, Matcher.quoteReplacement(read(file, include.group(1))));
    }
    include.appendTail(all);
    Matcher template = TEMPLATE.matcher(all);
    if (template.find()) {
      throw new IllegalArgumentException(
          "%s: the template %s is not filled in here. Maybe read what Timeloop's front end makes of it."
              .formatted(file.getFileName(), template.group(1).strip()));
    }
    return all.toString();
  }

  private static String read(Path file, String name) {
    Path other = file.toAbsolutePath().resolveSibling(name).normalize();
    if (!name.matches("(?s).*\\.ya?ml") || !Files.isRegularFile(other)) {
      throw new IllegalArgumentException(
          file.getFileName() + " includes " + name + ", which is no YAML file there");
    }
    try {
      if (Files.size(other) > YamlFile.MAX_BYTES) {
        throw new IllegalArgumentException(
            other + " has " + Files.size(other) + " bytes: at most " + YamlFile.MAX_BYTES);
      }
      return Files.readString(other);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          other + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
