package dance.evaluate.neural;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    boolean unknown = isX86() && avx2().isEmpty();
    try {
      environment().forEach(Native::propose);
    } catch (LinkageError | RuntimeException absent) {
      unknown = true; // JNA cannot unpack its library here
    }
    if (unknown) {
      System.err.println(
          "PyTorch's kernels are those of this processor: the digits of trainings may differ from"
              + " those of others. Maybe set the environment to "
              + environment()
              + ".");
    }
  }

  private static boolean hasAvx2() {
    return isX86() && avx2().orElse(false);
  }

  private static boolean isX86() {
    return System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64");
  }

  /** Whether an x86 processor has AVX2; empty if nobody says. */
  private static Optional<Boolean> avx2() {
    try {
      return Optional.of(VirtualMachine.usesAvx2());
    } catch (LinkageError | RuntimeException unknown) {
      return flags(); // another virtual machine, or a reduced one without the module
    }
  }

  /** What Linux says of the processor. */
  private static Optional<Boolean> flags() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> List.of(line.split("\\s+")).contains("avx2"));
    } catch (IOException | UncheckedIOException elsewhere) {
      return Optional.empty();
    }
  }

  /** Apart, as a reduced Java may lack the module of these classes. */
  private static final class VirtualMachine {
    static boolean usesAvx2() {
      String level =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("UseAVX")
              .getValue();
      return Integer.parseInt(level) >= 2;
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
