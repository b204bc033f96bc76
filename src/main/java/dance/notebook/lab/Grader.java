package dance.notebook.lab;

import dance.check.Rules;
import dance.lesson.Exercises;
import dance.lesson.Verdict;
import dance.lesson.WrongAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grades submissions. Answers to exercises are taken out of the submission's process and checked in
 * this one, with the numbers of the student's seed: what a submission makes of {@code check} does
 * not count. A lecturer's own tests run in the submission's process, which might deceive them.
 */
public final class Grader {
  private static final Pattern ANSWER = Pattern.compile("\\banswer(\\w+)\\b");

  private final List<Question> questions;
  private final Map<String, Long> seeds;
  private final Limits limits;
  private final Sandbox sandbox = Sandbox.here();

  /**
   * A grader.
   *
   * @param questions of the lab; empty for those that the submissions themselves are about
   * @param seeds of the students, by name; empty for those that the submissions say
   */
  public Grader(List<Question> questions, Map<String, Long> seeds, Limits limits) {
    this.questions = List.copyOf(questions);
    this.seeds = new LinkedHashMap<>(seeds);
    this.limits = limits;
  }

  /** What the processes of submissions are kept from here, and what not. */
  public String contained() {
    return sandbox.says();
  }

  /** The name of who handed in a file. */
  static String student(Path file) {
    return file.getFileName().toString().replaceFirst("\\.ipynb$", "");
  }

  /**
   * Grades files, and who of the seeds' students has none.
   *
   * @param done receives each grade
   * @throws IllegalArgumentException if two files are of the same student, or one is no notebook
   */
  public List<Grade> grade(List<Path> files, Consumer<Grade> done) {
    Map<String, Path> byStudent = new LinkedHashMap<>();
    Map<String, LabNotebook> notebooks = new LinkedHashMap<>();
    Rules rules = new Rules();
    for (Path file : files) {
      Path other = byStudent.putIfAbsent(student(file), file);
      rules.require(
          other == null, "%s and %s are of the same student: grade one of them", other, file);
      notebooks.computeIfAbsent(student(file), name -> LabNotebook.read(file));
    }
    rules.check();
    List<Question> asked = questions.isEmpty() ? found(notebooks.values()) : questions;
    new Rules()
        .require(!asked.isEmpty(), "no submission answers an exercise. Maybe --lab SOURCE.ipynb")
        .check();
    List<Grade> grades = new ArrayList<>();
    Map<Long, String> firstOfSeed = new LinkedHashMap<>();
    byStudent.forEach(
        (student, file) -> {
          Grade grade = grade(student, file, notebooks.get(student), asked, firstOfSeed);
          grades.add(grade);
          done.accept(grade);
        });
    seeds.forEach(
        (student, seed) -> {
          if (!byStudent.containsKey(student)) {
            grades.add(absent(student, seed, asked));
          }
        });
    return grades;
  }

  private static Grade absent(String student, long seed, List<Question> asked) {
    List<Grade.Result> none = new ArrayList<>();
    for (Question question : asked) {
      none.add(new Grade.Result(question.name(), 0, question.points(), "", "no submission", null));
    }
    return new Grade(student, "", seed, none, Map.of(), List.of("no submission"));
  }

  /** The exercises of all labs that a submission has an answer to, a point each. */
  private static List<Question> found(Iterable<LabNotebook> notebooks) {
    Set<Character> labs = new LinkedHashSet<>();
    for (LabNotebook notebook : notebooks) {
      for (LabCell cell : notebook.cells()) {
        Matcher answer = ANSWER.matcher(cell.is("code") ? cell.source() : "");
        while (answer.find()) {
          if (Exercises.ids().contains(answer.group(1))) {
            labs.add(answer.group(1).charAt(0));
          }
        }
      }
    }
    return Exercises.ids().stream()
        .filter(id -> labs.contains(id.charAt(0)))
        .map(id -> new Question(id, 1, false, List.of()))
        .toList();
  }

  private Grade grade(
      String student,
      Path file,
      LabNotebook notebook,
      List<Question> asked,
      Map<Long, String> firstOfSeed) {
    List<String> sources = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < notebook.cells().size(); i++) {
      if (notebook.cells().get(i).is("code")) {
        sources.add(notebook.cells().get(i).source());
        numbers.add(i + 1);
      }
    }
    List<String> variables = new ArrayList<>(List.of("seed"));
    List<String> tests = new ArrayList<>();
    for (Question question : asked) {
      variables.add(question.variable());
      tests.addAll(question.isExercise() ? List.of() : question.tests());
    }
    SubmissionRun run = new SubmissionRun(sandbox, limits, variables, sources, tests);
    List<String> notes = new ArrayList<>();
    String incomplete = run.run();
    if (!incomplete.isEmpty()) {
      notes.add(incomplete);
    }
    long own = run.answers.get("seed") instanceof Long given ? given : 1;
    long seed = seeds.getOrDefault(student, own);
    if (!seeds.isEmpty() && !seeds.containsKey(student)) {
      notes.add("not on the list of seeds");
    }
    if (seed != own) {
      notes.add("answers with seed " + own + ", not with its own");
    }
    String first = firstOfSeed.putIfAbsent(seed, student);
    if (first != null) {
      notes.add("same seed as " + first);
    }
    Map<Integer, String> failed = new TreeMap<>();
    run.cellErrors.forEach(
        (index, error) -> {
          if (!error.isEmpty()) {
            failed.put(numbers.get(index), error);
          }
        });
    List<Grade.Result> results = new ArrayList<>();
    int test = 0;
    for (Question question : asked) {
      Object answer = run.answers.get(question.variable());
      if (question.manual()) {
        results.add(result(question, Double.NaN, "", "for a person to grade", answer));
      } else if (question.isExercise()) {
        results.add(checked(question, seed, own, answer));
      } else {
        results.add(tested(question, run.testErrors, test, answer));
        test += question.tests().size();
      }
    }
    return new Grade(student, file.toString(), seed, results, failed, notes);
  }

  private static Grade.Result result(
      Question question, double points, String diagnosis, String message, Object answer) {
    return new Grade.Result(question.name(), points, question.points(), diagnosis, message, answer);
  }

  private static Grade.Result checked(Question question, long seed, long own, Object answer) {
    if (answer == null) {
      return result(question, 0, "no answer", "there is no " + question.variable() + ".", null);
    }
    Verdict verdict = verdict(question.name(), seed, answer);
    if (!verdict.right() && seed != own && verdict(question.name(), own, answer).right()) {
      return result(
          question, 0, "numbers of another seed", "it is right for seed " + own + ".", answer);
    }
    return result(
        question,
        verdict.right() ? question.points() : 0,
        verdict.diagnosis(),
        verdict.message(),
        answer);
  }

  private static Verdict verdict(String id, long seed, Object answer) {
    Exercises exercises = new Exercises();
    exercises.ask(id, seed);
    try {
      return exercises.check(id, answer);
    } catch (WrongAnswer wrong) {
      return wrong.verdict();
    } catch (RuntimeException unusable) {
      return new Verdict(false, "not an answer", String.valueOf(unusable.getMessage()));
    }
  }

  private static Grade.Result tested(
      Question question, Map<Integer, String> errors, int from, Object answer) {
    int passed = 0;
    String message = "";
    for (int i = 0; i < question.tests().size(); i++) {
      String error = errors.getOrDefault(from + i, "it did not run");
      passed += error.isEmpty() ? 1 : 0;
      if (!error.isEmpty() && message.isEmpty()) {
        message = "test " + (i + 1) + ": " + error;
      }
    }
    double points = question.points() * passed / question.tests().size();
    return result(question, points, message.isEmpty() ? "" : "test failed", message, answer);
  }
}
