package dance.evaluate.neural;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dance.check.Library;
import dance.check.MissingLibrary;
import dance.check.Rules;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * PyTorch, configured without flags: it downloads nothing, sends no usage data and takes as many
 * threads as there are cores, with the kernels of {@link SameDigits}. System properties that are
 * already set are kept.
 */
public final class Torch {
  /** DJL's name of the engine. */
  private static final String NAME = "PyTorch";

  private static final String TASK = "training and trained evaluators";

  private static final String OFFLINE = "offline";

  private static Engine engine;

  /** Whether the current thread is configured. */
  private static final ThreadLocal<Boolean> SET_UP = ThreadLocal.withInitial(() -> false);

  private Torch() {}

  /**
   * The engine, loaded at the first call.
   *
   * @throws MissingLibrary with the artefact to add, if DJL or PyTorch's native library is absent
   */
  public static synchronized Engine engine() {
    if (engine == null) {
      propose(OFFLINE, "true"); // DJL would look for newer libraries
      propose("OPT_OUT_TRACKING", "true"); // and send usage data
      int cores = Runtime.getRuntime().availableProcessors();
      propose("ai.djl.pytorch.num_threads", Integer.toString(cores));
      propose("ai.djl.pytorch.num_interop_threads", "1");
      engine = loaded();
    }
    if (!SET_UP.get()) {
      // DJL does so in the thread that loads the engine alone; elsewhere a collector of gradients
      // would leave PyTorch recording when it ends
      JniUtils.setGradMode(false);
      SET_UP.set(true);
    }
    return engine;
  }

  /**
   * Checks that the engine can be loaded; for callers whose own classes cannot be loaded without
   * it.
   *
   * @throws MissingLibrary with the artefact to add
   */
  static void need() {
    for (Library library : List.of(Library.DJL, Library.PYTORCH_ENGINE, Library.PYTORCH_JNI)) {
      library.need(TASK);
    }
  }

  private static Engine loaded() {
    need();
    try {
      // JNA, which runs ldconfig when first used, and libraries of DJL's swallow an interrupt
      return Undisturbed.get(
          "PyTorch",
          () -> {
            SameDigits.set();
            return Engine.getEngine(NAME);
          });
    } catch (RuntimeException | LinkageError failure) {
      // checked only now, as DJL may have a copy in its cache or a configured path
      if (Library.PYTORCH_NATIVE.present()) {
        throw failure;
      }
      throw new MissingLibrary(TASK + " need " + Library.PYTORCH_NATIVE.missing(), failure);
    }
  }

  /**
   * Runs a task that may download through DJL, which is otherwise disabled, unless the user has
   * forbidden it by the system property {@code ai.djl.offline}.
   */
  public static synchronized void online(Runnable task) {
    String before = System.getProperty(OFFLINE);
    System.clearProperty(OFFLINE);
    try {
      task.run();
    } finally {
      if (before != null) {
        System.setProperty(OFFLINE, before);
      }
    }
  }

  /**
   * An array of these values, in memory allocated by PyTorch. DJL would let it read Java's buffer
   * in place, and rounding of sums depends on its alignment: the same training would end with
   * different weights as the heap fills.
   *
   * @param values in row-major order, {@code [elements of the shape]}
   */
  public static NDArray array(NDManager manager, float[] values, Shape shape) {
    try (NDArray shared = manager.create(values, shape)) {
      return shared.duplicate();
    }
  }

  /**
   * Whole numbers, such as indices, in memory allocated by PyTorch.
   *
   * @param values in row-major order, {@code [elements of the shape]}
   */
  public static NDArray array(NDManager manager, long[] values, Shape shape) {
    try (NDArray shared = manager.create(values, shape)) {
      return shared.duplicate();
    }
  }

  /** A vector of bytes, 0…255, in memory allocated by PyTorch. */
  public static NDArray array(NDManager manager, byte[] values) {
    try (NDArray shared =
        manager.create(ByteBuffer.wrap(values), new Shape(values.length), DataType.UINT8)) {
      return shared.duplicate();
    }
  }

  /**
   * A scalar operand on the device of an array and owned by its owner. Wherever a gradient is
   * needed, factors, divisors and bounds must be such arrays: DJL puts a {@code Number} into a Java
   * buffer that may have been garbage-collected when the backward pass reads it.
   */
  public static NDArray number(NDArray like, double value) {
    return like.getManager().full(new Shape(), (float) value);
  }

  /**
   * Overwrites the values of an array, in memory allocated by PyTorch. Afterwards it is a leaf of
   * the graph and requires a gradient if it did before.
   *
   * @param values in row-major order, {@code [elements of the array]}
   */
  public static void set(NDArray array, float[] values) {
    boolean learns = array.hasGradient();
    array.intern(array(array.getManager(), values, array.getShape()));
    array.setRequiresGradient(learns);
  }

  private static void propose(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Runs a task with one PyTorch thread, so that its sums do not depend on the number of threads.
   */
  public static void alone(Runnable task) {
    threads(1, task);
  }

  /** Runs a task with this number of PyTorch threads. */
  public static void threads(int count, Runnable task) {
    engine();
    int before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(count);
    try {
      task.run();
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  /** An owner of arrays, to be closed. */
  public static NDManager manager() {
    return engine().newBaseManager();
  }

  /**
   * An owner of arrays on a device, to be closed.
   *
   * @param device {@code cpu}, {@code gpu}, {@code gpu1} and so on, or {@code auto} for the GPU if
   *     there is one, otherwise the CPU
   * @throws IllegalArgumentException if PyTorch does not find the device
   */
  public static NDManager manager(String device) {
    if (device.equals("auto")) {
      return manager();
    }
    new Rules()
        .require(
            device.matches("cpu|gpu\\d{0,2}"), "device %s must be auto, cpu, gpu, gpu1, …", device)
        .check();
    Device place = Device.fromName(device, engine());
    new Rules()
        .require(
            !place.isGpu() || place.getDeviceId() < engine().getGpuCount(),
            "device %s is not here: PyTorch finds %d GPUs. Maybe its native library is the one for"
                + " CPUs.",
            device,
            engine().getGpuCount())
        .check();
    return engine().newBaseManager(place);
  }
}
