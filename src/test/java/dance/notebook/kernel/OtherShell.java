package dance.notebook.kernel;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.execution.LocalExecutionControlProvider;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs cells as IJava and JJava do: the toolkit comes after the kernel, by a class loader of the
 * shell's whose parent holds the kernel, and snippets run in a thread of their own.
 */
public final class OtherShell {
  private final Loader loader = new Loader();
  private final Control control = new Control(loader);
  private final JShell shell =
      JShell.builder()
          .executionEngine(
              new LocalExecutionControlProvider() {
                @Override
                public ExecutionControl generate(ExecutionEnv env, Map<String, String> given) {
                  return control;
                }
              },
              Map.of())
          .build();

  /** What the environment variable of a kernel names. */
  public void addToClasspath(String paths) {
    for (String path : paths.split(File.pathSeparator)) {
      shell.addToClasspath(path);
    }
  }

  public ClassLoader loader() {
    return loader;
  }

  /** The value of the last snippet; null if it has none. */
  public Object eval(String cell) {
    Object last = null;
    SourceCodeAnalysis.CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(cell);
    while (info.completeness().isComplete()) {
      for (SnippetEvent event : shell.eval(info.source())) {
        if (event.causeSnippet() != null) {
          continue; // what an earlier cell declared is replaced
        }
        if (event.exception() != null || !event.status().isDefined()) {
          String why =
              shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList() + "";
          throw new IllegalStateException(event + why, event.exception());
        }
        last =
            switch (event.snippet().subKind()) {
              case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND ->
                  control.value;
              default -> null;
            };
      }
      info = shell.sourceCodeAnalysis().analyzeCompletion(info.remaining());
    }
    if (info.completeness() != SourceCodeAnalysis.Completeness.EMPTY) {
      throw new IllegalArgumentException("incomplete: " + info.remaining());
    }
    return last;
  }

  /** Keeps the result as it is. */
  private static final class Control extends DirectExecutionControl {
    private Object value;

    Control(LoaderDelegate loader) {
      super(loader);
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
      Object[] answered = new Object[1];
      Throwable[] thrown = new Throwable[1];
      Thread thread =
          new Thread(
              () -> {
                try {
                  answered[0] = snippet.invoke(null);
                } catch (InvocationTargetException failed) {
                  thrown[0] = failed.getCause();
                } catch (IllegalAccessException failed) {
                  thrown[0] = failed;
                }
              });
      thread.start();
      thread.join();
      if (thrown[0] != null) {
        throw new UserException(
            thrown[0] + "", thrown[0].getClass().getName(), thrown[0].getStackTrace());
      }
      value = answered[0];
      return "";
    }
  }

  /** Classes of snippets, and what the class path has; the kernel's come first. */
  private static final class Loader extends URLClassLoader implements LoaderDelegate {
    private final Map<String, byte[]> declared = new HashMap<>();

    Loader() {
      super(new URL[0], Loader.class.getClassLoader());
    }

    @Override
    public void load(ExecutionControl.ClassBytecodes[] classes) {
      classesRedefined(classes);
    }

    @Override
    public void classesRedefined(ExecutionControl.ClassBytecodes[] classes) {
      for (ExecutionControl.ClassBytecodes one : classes) {
        declared.put(one.name(), one.bytecodes());
      }
    }

    @Override
    public void addToClasspath(String path) throws ExecutionControl.InternalException {
      try {
        addURL(Path.of(path).toUri().toURL());
      } catch (MalformedURLException unreadable) {
        throw new ExecutionControl.InternalException(unreadable.toString());
      }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = declared.get(name);
      return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }
  }
}
