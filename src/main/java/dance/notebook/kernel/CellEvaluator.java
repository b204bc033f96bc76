package dance.notebook.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.LocalExecutionControlProvider;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionEnv;

/** Runs cells one after the other, in this virtual machine, in one JShell session. */
public final class CellEvaluator implements AutoCloseable {
  private final KeptResultControl control = new KeptResultControl();
  private final Sources sources = new Sources();
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Completion completion;
  private volatile boolean running;

  /** The thread that waits for a magic; null if none runs. */
  private volatile Thread waiting;

  /**
   * Starts JShell.
   *
   * @param startUp code that is run first, such as imports
   * @throws CellFailure if that fails
   */
  public CellEvaluator(String startUp) {
    this(startUp, Javadocs.bundled());
  }

  /** An evaluator with a given Javadoc. */
  CellEvaluator(String startUp, Javadocs docs) {
    shell = JShell.builder().executionEngine(new HereProvider(), Map.of()).build();
    // with a first addition JShell takes the class path of this program instead of the environment
    // variable CLASSPATH; unlike a compiler option, this allows cells to add more
    shell.addToClasspath(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
    analysis = shell.sourceCodeAnalysis();
    completion = new Completion(shell, docs, this::variable);
    evaluate(startUp, 0);
  }

  /** Gives JShell this evaluator's control. */
  private final class HereProvider extends LocalExecutionControlProvider {
    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /** Completion and inspection. */
  public Completion completion() {
    return completion;
  }

  /**
   * Runs a cell.
   *
   * @param number of the cell, for messages
   * @return the value of its last expression, if there is one
   * @throws CellFailure if a snippet does not compile, throws, or is interrupted; the snippets
   *     before it have run
   */
  public CellResult evaluate(String cell, int number) {
    control.begin();
    running = true;
    Set<String> replaced = new LinkedHashSet<>();
    try {
      return run(cell, number, replaced);
    } finally {
      running = false;
      // an interrupt that came too late for the cell must not stop the next one
      Thread.interrupted();
      control.takeOutcome();
      replaced.forEach(this::releaseOldValues);
    }
  }

  private CellResult run(String cell, int number, Set<String> replaced) {
    int from = 0;
    while (true) {
      Optional<Magics.Line> magic = Magics.first(cell.substring(from), analysis);
      int to = magic.isPresent() ? from + magic.get().start() : cell.length();
      CellResult result = runJava(new Sources.Place(number, cell, from), to, replaced);
      if (magic.isEmpty()) {
        return result;
      }
      runMagic(magic.get(), new Sources.Place(number, cell, to));
      from += magic.get().end();
    }
  }

  private CellResult runJava(Sources.Place from, int to, Set<String> replaced) {
    CellResult result = CellResult.NOTHING;
    String rest = from.text().substring(from.start(), to);
    while (!rest.isBlank()) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
        break; // a comment
      }
      // incomplete code is not Java: JShell reports why
      String source = info.completeness().isComplete() ? info.source() : rest;
      Sources.Place place = new Sources.Place(from.cell(), from.text(), to - rest.length());
      result = runSnippet(source, place, replaced);
      rest = info.completeness().isComplete() ? info.remaining() : "";
    }
    return result;
  }

  /** Resolves jars in a thread of its own, so that a network timeout can be interrupted. */
  private void runMagic(Magics.Line line, Sources.Place place) {
    FutureTask<List<Path>> found = new FutureTask<>(() -> line.magic().jars(line.arguments()));
    Thread search = new Thread(found, "magic");
    search.setDaemon(true);
    waiting = Thread.currentThread();
    try {
      if (control.isStopped()) {
        throw new InterruptedException();
      }
      search.start();
      List<Path> jars = found.get();
      jars.forEach(jar -> shell.addToClasspath(jar.toString()));
      String more = jars.size() == 1 ? "" : " and " + (jars.size() - 1) + " more";
      System.out.println("on the class path: " + jars.get(0).getFileName() + more);
    } catch (InterruptedException stopped) {
      throw new CellInterrupted("in " + sources.line(place, 0));
    } catch (ExecutionException failed) {
      throw sources.failure(failed.getCause(), place);
    } finally {
      waiting = null;
    }
  }

  private CellResult runSnippet(String source, Sources.Place place, Set<String> replaced) {
    if (control.isStopped()) {
      throw new CellInterrupted("before " + sources.line(place, 0));
    }
    CellResult result = CellResult.NOTHING;
    List<SnippetEvent> events = shell.eval(source);
    for (SnippetEvent event : events) {
      Snippet snippet = event.snippet();
      if (snippet instanceof VarSnippet variable
          && (event.status() == Status.OVERWRITTEN || event.previousStatus() == Status.VALID)) {
        replaced.add(variable.name());
      }
      if (event.causeSnippet() == null) {
        sources.add(snippet.id(), place);
        result = outcome(event, place, replaced);
      }
    }
    Aftermath.of(events).ifPresent(System.err::println);
    return result;
  }

  private CellResult outcome(SnippetEvent event, Sources.Place place, Set<String> replaced) {
    Snippet snippet = event.snippet();
    if (event.status() == Status.REJECTED) {
      throw sources.compileError(shell.diagnostics(snippet).toList(), place);
    }
    if (control.isStopped()) {
      throw new CellInterrupted("in " + sources.line(place, 0));
    }
    KeptResultControl.Outcome outcome = control.takeOutcome();
    if (event.exception() != null) {
      throw sources.failure(outcome.thrown(), event.exception(), unresolved(event.exception()));
    }
    if (outcome.thrown() != null) {
      throw new IllegalStateException("the snippet could not be run", outcome.thrown());
    }
    if (event.status() != Status.VALID) {
      System.err.println(
          "not usable until it is complete: " + String.join(", ", unresolved(snippet)));
    }
    boolean shown =
        switch (snippet.subKind()) {
          case TEMP_VAR_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
          default -> false;
        };
    if (snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
      // JShell keeps the value of every expression as $1, $2, …: in a notebook that is a leak
      shell.drop(snippet);
      replaced.add(((VarSnippet) snippet).name());
    }
    return shown ? new CellResult(true, outcome.result()) : CellResult.NOTHING;
  }

  private List<String> unresolved(JShellException exception) {
    return exception instanceof UnresolvedReferenceException unresolved
        ? unresolved(unresolved.getSnippet())
        : List.of();
  }

  private List<String> unresolved(Snippet snippet) {
    return snippet instanceof DeclarationSnippet declaration
        ? shell.unresolvedDependencies(declaration).toList()
        : List.of();
  }

  private void releaseOldValues(String variable) {
    control.release(variable, holder(variable));
  }

  /** The class that holds a variable; null if there is none. */
  private String holder(String variable) {
    return control.holder(
        () ->
            shell
                .variables()
                .filter(v -> v.name().equals(variable) && shell.status(v) == Status.VALID)
                .forEach(shell::varValue));
  }

  /** The value of a variable; null if there is none. */
  public Object variable(String variable) {
    String holder = holder(variable);
    return holder == null ? null : control.value(holder, variable);
  }

  /** Stops the running cell; returns when it has ended, within a second. */
  public void interrupt() {
    if (running) {
      shell.stop();
      Thread magic = waiting;
      if (magic != null) {
        magic.interrupt();
      }
    }
  }

  @Override
  public void close() {
    interrupt();
    shell.close();
  }
}
