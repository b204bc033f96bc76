package dance.evaluate.neural;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The same digits on different processors: three libraries inside PyTorch choose their kernels by
 * what the processor can do, and so round differently. Environment variables, set before PyTorch is
 * loaded, fix the choice to what every x86 processor since 2015 has: AVX2. The system property
 * {@value #FAST} set to true, or {@code --fast}, leaves the choice to the processor.
 */
public final class SameDigits {
  /** System property that leaves the choice of kernels to the processor. */
  public static final String FAST = "dance.fast";

  private SameDigits() {}

  /**
   * Variables and their values for this processor: those that fix the kernels are for x86 with
   * AVX2, as PyTorch trusts them and would end the program on a processor without it.
   */
  public static Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    if (hasAvx2()) {
      environment.put("ATEN_CPU_CAPABILITY", "avx2"); // PyTorch's own kernels
      environment.put("ONEDNN_MAX_CPU_ISA", "AVX2"); // convolutions
      environment.put("MKL_CBWR", "COMPATIBLE"); // products of matrices; AVX2 is for Intel only
    }
    environment.put("OMP_WAIT_POLICY", "PASSIVE"); // threads that wait do not spin
    environment.put("OMP_NUM_THREADS", "1"); // sums depend on the number of threads
    return environment;
  }

  /** Sets the variables of this process, but for those that the user has set. */
  static void set() {
    if (Boolean.getBoolean(FAST)) {
      return;
    }
    try {
      environment().forEach(Native::propose);
    } catch (LinkageError | RuntimeException absent) {
      // JNA cannot unpack its library here: results are as good, but of this processor
    }
  }

  private static boolean hasAvx2() {
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (!processor.matches("amd64|x86_64")) {
      return false;
    }
    try {
      String level =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("UseAVX")
              .getValue();
      return Integer.parseInt(level) >= 2;
    } catch (LinkageError | RuntimeException unknown) {
      return false; // another virtual machine
    }
  }

  /** The process's environment, which Java only reads. Apart, so that JNA is loaded when needed. */
  private static final class Native {
    static void propose(String variable, String value) {
      if (System.getenv(variable) != null) {
        return;
      }
      if (Platform.isWindows()) {
        Function.getFunction("ucrtbase", "_putenv_s").invokeInt(new Object[] {variable, value});
      } else {
        Function.getFunction("c", "setenv").invokeInt(new Object[] {variable, value, 0});
      }
    }
  }
}
