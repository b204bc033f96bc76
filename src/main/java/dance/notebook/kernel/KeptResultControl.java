package dance.notebook.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;

/**
 * Runs snippets in this virtual machine and keeps their results and exceptions as objects, where
 * the base class keeps texts only.
 */
final class KeptResultControl extends LocalExecutionControl {
  /** Time for code to end after an interrupt, in ms. */
  private static final long HEED_MS = 250;

  /** Time for code to end after it was stopped, in ms; with the above, within a second. */
  private static final long GONE_MS = 400;

  /** Passed from {@link #invoke} to {@link #call}, which must be static to be invoked. */
  private static volatile Call current;

  private static final Object ONE_AT_A_TIME = new Object();

  /** One run of a snippet. */
  private static final class Call {
    final Method method;
    final KeptResultControl control;
    final Thread waiting = Thread.currentThread();
    final CountDownLatch over = new CountDownLatch(1);
    volatile Thread running;
    volatile Object result;
    volatile Throwable thrown;

    Call(KeptResultControl control, Method method) {
      this.control = control;
      this.method = method;
    }
  }

  private final List<Class<?>> variableHolders = new ArrayList<>();
  private final List<String> unseen = new ArrayList<>();
  private volatile Call last;
  private volatile boolean stopped;
  private boolean probing;
  private String probed;

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(classes);
    for (ClassBytecodes one : classes) {
      unseen.add(one.name());
    }
  }

  @Override
  protected String invoke(Method method) throws Exception {
    synchronized (ONE_AT_A_TIME) {
      Call call = new Call(this, method);
      last = call;
      current = call;
      try {
        if (stopped) {
          throw new StoppedException();
        }
        // the invoked method is our own, which invokes the snippet's and keeps its result
        Method ours = KeptResultControl.class.getDeclaredMethod("call");
        ours.setAccessible(true);
        super.invoke(ours);
      } catch (InterruptedException abandoned) {
        throw new StoppedException();
      } catch (IllegalAccessException | NoSuchMethodException fault) {
        call.thrown = fault; // JShell itself would not report it
        throw fault;
      } finally {
        current = null;
        call.over.countDown();
      }
      return "";
    }
  }

  /** Called by reflection, in a thread of its own. */
  static Object call() throws Throwable {
    Call call = current;
    call.running = Thread.currentThread();
    if (call.control.stopped) {
      throw new InterruptedException(); // stopped before there was a thread to stop
    }
    // libraries added by a cell look for their services through it
    call.running.setContextClassLoader(call.method.getDeclaringClass().getClassLoader());
    try {
      call.result = call.method.invoke(null);
      return null;
    } catch (InvocationTargetException failed) {
      call.thrown = failed.getCause();
      throw failed.getCause();
    }
  }

  /** Begins a cell: resets an earlier stop. */
  void begin() {
    stopped = false;
  }

  /** Whether this cell was stopped; its remaining snippets do not run. */
  boolean isStopped() {
    return stopped;
  }

  /** Result or exception of a snippet. */
  record Outcome(Object result, Throwable thrown) {}

  /** Of the last snippet, once: it is then released. */
  Outcome takeOutcome() {
    Call call = last;
    last = null;
    return call == null ? new Outcome(null, null) : new Outcome(call.result, call.thrown);
  }

  /**
   * Stops the running snippet: interrupts it first; then throws a {@link ThreadDeath} into it, as
   * {@link LocalExecutionControl} does in each Java version; and if that has no effect, because
   * native code is running, abandons its thread. The cell ends in each case.
   */
  @Override
  public void stop() throws EngineTerminationException, InternalException {
    stopped = true;
    Call call = last;
    if (call == null || call.running == null) {
      return; // nothing runs; a snippet about to start checks the line above first
    }
    call.running.interrupt();
    if (isOver(call, HEED_MS)) {
      return;
    }
    super.stop();
    if (!isOver(call, GONE_MS)) {
      call.waiting.interrupt();
    }
  }

  private static boolean isOver(Call call, long withinMs) {
    try {
      return call.over.await(withinMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** JShell calls this with the class that holds a variable; the value itself is not needed. */
  @Override
  public String varValue(String className, String variable)
      throws ExecutionControl.RunException, EngineTerminationException, InternalException {
    if (!probing) {
      return super.varValue(className, variable);
    }
    probed = className;
    return "";
  }

  /** The class that holds the variable that a lookup asks JShell for. */
  String holder(Runnable lookup) {
    probing = true;
    probed = null;
    try {
      lookup.run();
      return probed;
    } finally {
      probing = false;
    }
  }

  /** The value of a variable in a class; null if it cannot be read. */
  Object value(String holder, String variable) {
    try {
      var field = findClass(holder).getDeclaredField(variable);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException | LinkageError unreadable) {
      return null;
    }
  }

  /** Releases the values of a variable in all classes that held it but one. */
  void release(String variable, String exceptIn) {
    for (String name : unseen) {
      try {
        Class<?> loaded = findClass(name);
        if (loaded.getDeclaredFields().length > 0) {
          variableHolders.add(loaded);
        }
      } catch (ClassNotFoundException | LinkageError undefined) {
        // a declaration with unresolved references holds no values
      }
    }
    unseen.clear();
    variableHolders.removeIf(
        holder -> !holder.getName().equals(exceptIn) && clear(holder, variable));
  }

  private static boolean clear(Class<?> holder, String variable) {
    try {
      var field = holder.getDeclaredField(variable);
      field.setAccessible(true);
      if (!field.getType().isPrimitive()) {
        field.set(null, null);
      }
      return true;
    } catch (NoSuchFieldException another) {
      return false;
    } catch (IllegalAccessException constant) {
      return true;
    }
  }
}
