package dance.notebook.lab;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks of <a href="https://otter-grader.readthedocs.io">Otter Assign</a> within a cell, as
 * comments of Java: {@code // SOLUTION} behind a line, {@code // BEGIN SOLUTION} to {@code // END
 * SOLUTION}, either with {@code NO PROMPT}, and {@code /* // BEGIN PROMPT} to its end with {@code
 * // END PROMPT} for what stands in their place.
 */
final class SolutionMarks {
  private static final String BLANK = "// your answer";
  private static final Pattern MARK =
      Pattern.compile(
          "^(\\s*)(.*?)\\s*(?://|#)\\s*(BEGIN SOLUTION|END SOLUTION|BEGIN PROMPT|END PROMPT|SOLUTION)"
              + "(\\s+NO PROMPT)?\\s*$");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("^((?:[\\w.<>,?\\[\\] ]+\\s+)?)([\\w.\\[\\]]+)\\s*=(?!=).*$");
  private static final Set<String> NUMBERS =
      Set.of("byte", "short", "int", "long", "char", "float", "double");

  private final boolean student;
  private final Rules rules;
  private final String place;
  private final List<String> kept = new ArrayList<>();

  /** What a line is within: nothing, or the name of what began. */
  private String open = "";

  private SolutionMarks(boolean student, Rules rules, String place) {
    this.student = student;
    this.rules = rules;
    this.place = place;
  }

  /**
   * A cell without marks.
   *
   * @param student whether without solutions, too; else without what stands in their place
   * @param rules gets what is wrong, at this place
   */
  static String applied(String source, boolean student, Rules rules, String place) {
    SolutionMarks marks = new SolutionMarks(student, rules, place);
    source.lines().forEach(marks::line);
    rules.require(
        marks.open.isEmpty(), "%s: BEGIN %s has no END %s", place, marks.open, marks.open);
    return String.join("\n", marks.kept);
  }

  private void line(String line) {
    Matcher mark = MARK.matcher(line);
    if (!mark.matches()) {
      if (open.isEmpty() || student == open.equals("PROMPT")) {
        kept.add(line);
      }
      return;
    }
    String[] words = mark.group(3).split(" ");
    boolean prompted = mark.group(4) == null;
    if (words.length == 1) {
      one(mark.group(1), mark.group(2), prompted);
    } else if (words[0].equals("BEGIN")) {
      rules.require(open.isEmpty(), "%s: BEGIN %s within a %s", place, words[1], open);
      open = words[1];
      if (student && open.equals("SOLUTION") && prompted) {
        kept.add(mark.group(1) + BLANK);
      }
    } else {
      rules.require(
          open.equals(words[1]), "%s: END %s without BEGIN %s", place, words[1], words[1]);
      open = "";
    }
  }

  private void one(String indent, String code, boolean prompted) {
    if (!student) {
      kept.add(indent + code);
    } else if (prompted && open.isEmpty()) {
      Matcher assignment = ASSIGNMENT.matcher(code);
      kept.add(
          indent
              + (assignment.matches() ? blank(assignment.group(1), assignment.group(2)) : BLANK));
    }
  }

  /** A declaration or assignment whose value is missing, which compiles all the same. */
  private static String blank(String type, String name) {
    String declared = type.strip().equals("var") ? "Object " : type;
    String last = type.strip().replaceFirst("^final\\s+", "");
    String value = NUMBERS.contains(last) ? "0" : last.equals("boolean") ? "false" : "null";
    return declared + name + " = " + value + "; " + BLANK;
  }
}
