package dance;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The work that was done, however busy the machine is with other things. */
public final class CpuTime {
  private static final Path STAT = Path.of("/proc/self/stat");

  /** What Linux counts in. */
  private static final double TICKS_PER_SECOND = 100;

  private CpuTime() {}

  /**
   * Seconds that the cores have worked for this program, and, where there is Linux, for the
   * programs that it ran and that have ended.
   */
  public static double seconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9 + childrenSeconds();
  }

  private static double childrenSeconds() {
    if (!Files.exists(STAT)) {
      return 0;
    }
    try {
      String stat = Files.readString(STAT);
      // after the name, which may have blanks in it: fields 16 and 17 of proc(5)
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
    } catch (IOException unreadable) {
      return 0;
    }
  }
}
