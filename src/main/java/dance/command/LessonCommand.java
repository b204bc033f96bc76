package dance.command;

import dance.check.AtomicFile;
import dance.check.Rules;
import dance.notebook.lab.Grade;
import dance.notebook.lab.Grader;
import dance.notebook.lab.LabSource;
import dance.notebook.lab.Limits;
import dance.notebook.lab.Question;
import dance.report.Column;
import dance.report.CsvText;
import dance.report.JsonText;
import dance.report.Rows;
import dance.report.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance lesson}: the lecturer's side of the labs. */
@Command(
    name = "lesson",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Make labs for students, and grade what they hand in.")
final class LessonCommand {
  private final Console console;

  LessonCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "assign",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Make the students' and the solution version of a lab.",
        "The source is a notebook in the format of Otter Assign: raw cells # BEGIN QUESTION,",
        "# BEGIN SOLUTION, # BEGIN TESTS and their ends, and in code // SOLUTION."
      })
  void assign(
      @Parameters(paramLabel = "LAB.ipynb", description = "The source notebook.") Path lab,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "Folder for student/LAB.ipynb and solution/LAB.ipynb.")
          Path out) {
    new FileChecks().input("LAB.ipynb", lab).check();
    LabSource source = LabSource.read(lab);
    Path same = out.resolve("student").resolve(lab.getFileName());
    new Rules()
        .require(!same.toAbsolutePath().normalize().equals(absolute(lab)), "%s is the source", lab)
        .require(!Files.isRegularFile(out), "%s: is a file, not a folder (--out)", out)
        .check();
    StringBuilder text = new StringBuilder();
    source.assign(out).forEach(file -> text.append(file).append('\n'));
    double points = source.questions().stream().mapToDouble(Question::points).sum();
    console.print(
        text
            + "%s: %d questions, %s points"
                .formatted(source.name(), source.questions().size(), number(points)));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String number(double points) {
    return String.valueOf(whole(points));
  }

  /** Points are shown without decimals that they do not have. */
  private static Number whole(double points) {
    boolean whole = points == Math.rint(points);
    return whole ? (Number) (long) points : (Number) points;
  }

  @Command(
      name = "grade",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Run submissions, each in a process of its own, and grade them.",
        "A student is the name of a file: ada.ipynb. Writes a row for each, and beside it a folder",
        "of the same name with a JSON file for each. Prints what this machine keeps the",
        "submissions' code from, and what not."
      })
  void grade(
      @Parameters(arity = "1..*", paramLabel = "SUBMISSION.ipynb", description = "Notebooks.")
          List<Path> submissions,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "GRADES.csv",
              description = "The rows.")
          Path out,
      @Option(
              names = "--lab",
              paramLabel = "LAB.ipynb",
              description = "The source notebook (default: a point for each exercise of the labs).")
          Path lab,
      @Option(
              names = "--seeds",
              paramLabel = "FILE.csv",
              description = "Lines of student,seed (default: the seed in each submission).")
          Path seeds,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "20",
              description = "Longest time of a cell (default: ${DEFAULT-VALUE}).")
          int seconds,
      @Option(
              names = "--memory",
              paramLabel = "MIB",
              defaultValue = "512",
              description = "Memory of a submission (default: ${DEFAULT-VALUE}).")
          int memory,
      @Option(
              names = "--files",
              paramLabel = "MIB",
              defaultValue = "64",
              description = "Files of a submission (default: ${DEFAULT-VALUE}).")
          int files) {
    FileChecks given = new FileChecks().output("--out", out);
    submissions.forEach(file -> given.input("SUBMISSION.ipynb", file));
    if (lab != null) {
      given.input("--lab", lab);
    }
    if (seeds != null) {
      given.input("--seeds", seeds);
    }
    given.check();
    Limits limits = new Limits(seconds, memory, files);
    List<Question> questions = lab == null ? List.of() : LabSource.read(lab).questions();
    Grader grader = new Grader(questions, seeds == null ? Map.of() : seedsOf(seeds), limits);
    console.err().println(grader.contained());
    List<Grade> grades =
        grader.grade(
            submissions,
            grade ->
                console
                    .err()
                    .println(
                        grade.student()
                            + ": "
                            + number(grade.total())
                            + " of "
                            + number(grade.of())));
    Path folder =
        out.resolveSibling(out.getFileName().toString().replaceFirst("\\.\\w+$", "") + "-json");
    AtomicFile.makeFolder(folder);
    for (Grade grade : grades) {
      Map<String, Object> object = grade.object();
      object.put("contained", grader.contained());
      AtomicFile.write(
          folder.resolve(grade.student() + ".json"),
          (JsonText.of(object) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Rows<Grade> rows = rows(grades);
    AtomicFile.write(out, CsvText.of(rows).getBytes(StandardCharsets.UTF_8));
    console.print(TextTable.of(rows));
  }

  private static Rows<Grade> rows(List<Grade> grades) {
    List<Column<Grade>> columns = new ArrayList<>();
    columns.add(Column.of("student", "student", Grade::student));
    columns.add(Column.of("seed", "seed", Grade::seed));
    for (Grade.Result asked : grades.get(0).results()) {
      String name = asked.question();
      columns.add(Column.of(name, name, grade -> whole(grade.points(name))));
    }
    columns.add(Column.of("total", "total", grade -> whole(grade.total())));
    columns.add(Column.of("of", "of", grade -> whole(grade.of())));
    columns.add(Column.of("notes", "notes", grade -> String.join("; ", grade.notes())));
    return new Rows<>(columns, grades);
  }

  private static Map<String, Long> seedsOf(Path file) {
    Map<String, Long> seeds = new LinkedHashMap<>();
    Rules rules = new Rules();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String[] cells = lines.get(i).strip().split("\\s*,\\s*");
        boolean heading = i == 0 && cells.length == 2 && cells[1].equals("seed");
        if (heading || lines.get(i).isBlank()) {
          continue;
        }
        boolean right = cells.length == 2 && cells[1].matches("\\d{1,18}");
        rules.require(right, "%s:%d: \"%s\" is not student,seed", file, i + 1, lines.get(i));
        if (right) {
          rules.require(
              seeds.putIfAbsent(cells[0], Long.parseLong(cells[1])) == null,
              "%s:%d: %s has a seed already",
              file,
              i + 1,
              cells[0]);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + ": cannot be read", unreadable);
    }
    rules.check();
    return seeds;
  }
}
