package dance.notebook.kernel;

import dance.notebook.Renderers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** Handles Jupyter's messages with a {@link CellEvaluator}. */
final class JavaKernel extends BaseKernel {
  private final Future<CellEvaluator> evaluator;
  private final CellStreams streams = new CellStreams(System.out, System.err);
  private final CellOutputs outputs = new CellOutputs();
  private ShellReplyEnvironment cell;
  private List<String> failureLines = List.of();

  JavaKernel(
      Future<CellEvaluator> evaluator,
      String name,
      String javaVersion,
      JupyterIO io,
      CommManager comm,
      Renderer renderer,
      StringStyler styler) {
    super(
        name,
        javaVersion,
        new LanguageInfo.Builder("java")
            .version(javaVersion)
            .mimetype("text/x-java-source")
            .fileExtension(".jshell")
            .pygments("java")
            .codemirror("text/x-java")
            .build(),
        List.of(),
        new NoHistory(),
        io,
        comm,
        renderer,
        null,
        null,
        false,
        styler);
    this.evaluator = evaluator;
  }

  private CellEvaluator evaluator() {
    try {
      return evaluator.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CellInterrupted("while the kernel was starting");
    } catch (ExecutionException failed) {
      throw new IllegalStateException("JShell does not start: " + failed.getCause(), failed);
    }
  }

  @Override
  protected void replaceOutputStreams(ShellReplyEnvironment env) {
    super.replaceOutputStreams(env); // it also restores them at the end of the cell
    cell = env;
    System.setOut(streams.out());
    System.setErr(streams.err());
  }

  @Override
  public DisplayData eval(String code) {
    outputs.begin(cell);
    streams.attach(outputs::out, outputs::err);
    try {
      CellResult result = evaluator().evaluate(code, executionCount.get() - 1);
      return result.isShown() ? display(Renderers.render(result.value())) : null;
    } catch (JavaError failure) {
      failureLines = failure.lines();
      // Jupyter's error message contains the class of the exception thrown here: the cell's own
      throw failure.getCause() instanceof Exception thrown ? asItIs(thrown) : failure;
    } catch (CellFailure failure) {
      failureLines = failure.lines();
      throw failure;
    } catch (StackOverflowError | OutOfMemoryError | LinkageError failure) {
      // from showing the value; the library reports exceptions only
      failureLines = List.of("the value cannot be shown: " + failure);
      throw new IllegalStateException(failureLines.get(0), failure);
    } finally {
      streams.detach();
      outputs.end();
    }
  }

  @SuppressWarnings("unchecked")
  private static <X extends Exception> RuntimeException asItIs(Exception thrown) throws X {
    throw (X) thrown;
  }

  @Override
  public Object evalRaw(String code) {
    return evaluator().evaluate(code, executionCount.get() - 1).value();
  }

  @Override
  public void display(DisplayData data) {
    streams.drain(); // earlier output stays above it
    if (cell == null) {
      super.display(data);
    } else {
      outputs.show(data);
    }
  }

  /** Replaces the data shown with the same id. */
  void update(DisplayData data) {
    streams.drain();
    outputs.update(data);
  }

  /** Removes the data shown with an id. */
  void remove(String id) {
    streams.drain();
    outputs.remove(id);
  }

  @Override
  public List<String> formatError(Throwable failure) {
    List<String> lines = failureLines;
    failureLines = List.of();
    return lines.isEmpty() ? List.of(failure.toString()) : lines;
  }

  @Override
  public void interrupt() {
    if (evaluator.isDone()) {
      evaluator().interrupt();
    }
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    Suggestions completion = evaluator().completion().complete(code, at);
    return new ReplacementOptions(completion.texts(), completion.start(), completion.end());
  }

  @Override
  public DisplayData inspect(String code, int at, boolean detailed) {
    String text = evaluator().completion().inspect(code, at, detailed);
    return text.isEmpty() ? null : new DisplayData(text);
  }

  @Override
  public String isComplete(String code) {
    return switch (evaluator().completion().state(code)) {
      case COMPLETE -> IS_COMPLETE_YES;
      case INVALID -> IS_COMPLETE_BAD;
      case UNFINISHED -> "  "; // indentation of the next line
    };
  }

  @Override
  public void onShutdown(boolean restarting) {
    super.onShutdown(restarting);
    if (evaluator.isDone()) {
      evaluator().close();
    }
  }

  static DisplayData display(Map<String, String> forms) {
    DisplayData data = new DisplayData();
    forms.forEach(data::putData);
    return data;
  }
}
