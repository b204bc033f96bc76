package dance.interchange;

import dance.check.Rules;

/** A size as other tools' files write it. */
final class Figure {
  private Figure() {}

  /** A whole number of at least 1; 1 after noting the problem if it is none. */
  static int whole(String text, String place, Rules rules) {
    if (text.matches("[0-9]{1,9}(\\.0*)?") && !text.matches("0+(\\.0*)?")) {
      return Integer.parseInt(text.replaceFirst("\\..*", ""));
    }
    rules.require(false, "%s: \"%s\" must be a whole number from 1 to 999,999,999", place, text);
    return 1;
  }
}
