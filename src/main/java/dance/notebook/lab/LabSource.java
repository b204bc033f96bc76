package dance.notebook.lab;

import dance.check.AtomicFile;
import dance.check.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source notebook of a lab, in the format of <a
 * href="https://otter-grader.readthedocs.io">Otter Assign</a>: raw cells mark what is what.
 *
 * <pre>
 * # ASSIGNMENT CONFIG        # BEGIN QUESTION     # BEGIN PROMPT     # BEGIN TESTS
 * name: reuse                name: 1c             (cells)            (cells; // HIDDEN first:
 *                            points: 2            # END PROMPT       not for students)
 *                            manual: false        # BEGIN SOLUTION   # END TESTS
 *                            # END QUESTION       (cells)
 *                                                 # END SOLUTION
 * </pre>
 *
 * <p>Within cells see {@link SolutionMarks}; a cell with {@code ## Ignore ##} is for neither
 * version.
 */
public final class LabSource {
  private static final Pattern MARK =
      Pattern.compile("(?i)#\\s+(BEGIN|END)\\s+(QUESTION|SOLUTION|TESTS|PROMPT)\\s*");
  private static final String RESPONSE = "_Type your answer here, replacing this text._";

  private final Path file;
  private final LabNotebook notebook;
  private final Rules rules = new Rules();
  private final List<LabCell> student = new ArrayList<>();
  private final List<LabCell> solution = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private String name;
  private String block = "";
  private boolean prompted;
  private Map<String, String> question;
  private List<String> tests = new ArrayList<>();

  private LabSource(Path file) {
    this.file = file;
    notebook = LabNotebook.read(file);
    name = file.getFileName().toString().replaceFirst("\\.ipynb$", "");
    for (int i = 0; i < notebook.cells().size(); i++) {
      cell(notebook.cells().get(i), file + ": cell " + (i + 1));
    }
    rules
        .require(question == null, "%s: # BEGIN QUESTION has no # END QUESTION", file)
        .require(!questions.isEmpty(), "%s has no question: no raw cell # BEGIN QUESTION", file)
        .require(
            questions.stream().map(Question::name).distinct().count() == questions.size(),
            "%s: two questions have the same name",
            file)
        .check();
  }

  /**
   * Reads a source notebook.
   *
   * @throws IllegalArgumentException naming all cells that are not as the format says
   */
  public static LabSource read(Path file) {
    return new LabSource(file);
  }

  /** Name of the lab. */
  public String name() {
    return name;
  }

  /** Its questions, in order. */
  public List<Question> questions() {
    return List.copyOf(questions);
  }

  /**
   * Writes {@code student/FILE} and {@code solution/FILE} into a folder; none has outputs.
   *
   * @return the two files
   */
  public List<Path> assign(Path folder) {
    List<Path> written = new ArrayList<>();
    for (boolean isStudent : new boolean[] {true, false}) {
      Path place = folder.resolve(isStudent ? "student" : "solution");
      AtomicFile.makeFolder(place);
      Map<String, Object> metadata = notebook.metadata();
      List<Map<String, Object>> listed = new ArrayList<>();
      for (Question asked : questions) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("name", asked.name());
        about.put("points", asked.points());
        about.put("manual", asked.manual());
        listed.add(about);
      }
      Map<String, Object> lab = new LinkedHashMap<>();
      lab.put("lab", name);
      lab.put("questions", listed);
      metadata.put("dance", lab);
      Path to = place.resolve(file.getFileName());
      notebook.with(isStudent ? student : solution, metadata).write(to);
      written.add(to);
    }
    return written;
  }

  private void cell(LabCell cell, String place) {
    String source = cell.source();
    String first = source.lines().findFirst().orElse("");
    Matcher mark = MARK.matcher(first);
    if (cell.is("raw") && first.matches("(?i)#\\s+ASSIGNMENT CONFIG\\s*")) {
      name = values(source, place).getOrDefault("name", name);
    } else if (cell.is("raw") && mark.matches()) {
      boolean begin = mark.group(1).equalsIgnoreCase("BEGIN");
      String what = mark.group(2).toUpperCase(Locale.ROOT);
      if (what.equals("QUESTION")) {
        question(begin, source, place);
      } else if (begin) {
        rules
            .require(question != null, "%s: # BEGIN %s outside of a question", place, what)
            .require(block.isEmpty(), "%s: # BEGIN %s within # BEGIN %s", place, what, block);
        block = what;
        prompted |= what.equals("PROMPT");
      } else {
        rules.require(block.equals(what), "%s: # END %s without # BEGIN %s", place, what, what);
        block = "";
      }
    } else if (source.lines().noneMatch(line -> line.matches("\\W*## Ignore ##\\W*"))) {
      both(cell, source, first, place);
    }
  }

  private void question(boolean begin, String source, String place) {
    if (begin) {
      rules.require(question == null, "%s: # BEGIN QUESTION within a question", place);
      question = values(source, place);
      prompted = false;
      tests = new ArrayList<>();
      return;
    }
    rules.require(block.isEmpty(), "%s: # BEGIN %s has no # END %s", place, block, block);
    block = "";
    if (question == null) {
      rules.require(false, "%s: # END QUESTION without # BEGIN QUESTION", place);
      return;
    }
    String called = question.getOrDefault("name", "");
    String points = question.getOrDefault("points", "1");
    boolean manual = question.getOrDefault("manual", "false").equalsIgnoreCase("true");
    rules
        .require(called.matches("\\w[\\w.-]*"), "%s: the question has no name, as name: 1a", place)
        .require(points.matches("\\d+(\\.\\d+)?"), "%s: points (%s) are no number", place, points);
    Question asked =
        new Question(
            called, points.matches("[\\d.]+") ? Double.parseDouble(points) : 0, manual, tests);
    rules.require(
        manual || asked.isExercise() || !tests.isEmpty(),
        "%s: question %s is none of the exercises and has no tests. Maybe manual: true.",
        place,
        called);
    questions.add(asked);
    question = null;
  }

  private static Map<String, String> values(String source, String place) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : source.lines().skip(1).toList()) {
      Matcher pair = Pattern.compile("\\s*(\\w+)\\s*:\\s*(.*?)\\s*").matcher(line);
      if (pair.matches()) {
        values.put(pair.group(1), pair.group(2).replaceAll("^([\"'])(.*)\\1$", "$2"));
      }
    }
    return values;
  }

  private void both(LabCell cell, String source, String first, String place) {
    boolean code = cell.is("code");
    boolean hidden = first.matches("\\s*(//|#)\\s*HIDDEN\\s*");
    String open = code ? SolutionMarks.applied(source, true, rules, place) : source;
    String solved = code ? SolutionMarks.applied(source, false, rules, place) : source;
    if (block.equals("TESTS")) {
      if (code) {
        tests.add(solved);
      }
      if (!hidden) {
        student.add(cell.with(open).locked());
      }
      solution.add(cell.with(solved).locked());
      return;
    }
    if (!block.equals("PROMPT")) {
      solution.add(cell.with(solved));
    }
    boolean replaced = block.equals("SOLUTION") && prompted;
    if (!replaced && !open.isBlank()) {
      student.add(cell.with(block.equals("SOLUTION") && !code ? RESPONSE : open));
    }
  }
}
