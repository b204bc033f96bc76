package dance.accelerator;

import dance.check.Copy;
import java.util.Map;

/**
 * Costs of one instance of a memory.
 *
 * @param readPj energy of reading one line
 * @param fillPj energy of writing one line received from the level above
 * @param updatePj energy of writing one line of partial sums
 * @param leakPjPerCycle leakage
 * @param areaUm2 area
 */
public record StorageCosts(
    double readPj, double fillPj, double updatePj, double leakPjPerCycle, double areaUm2) {
  /** No costs. */
  public static final StorageCosts FREE = new StorageCosts(0, 0, 0, 0, 0);

  StorageCosts energy(double read, double fill, double update) {
    return Copy.with(this, Map.of("readPj", read, "fillPj", fill, "updatePj", update));
  }

  StorageCosts leak(double pjPerCycle) {
    return Copy.with(this, "leakPjPerCycle", pjPerCycle);
  }

  StorageCosts area(double um2) {
    return Copy.with(this, "areaUm2", um2);
  }

  StorageCosts plus(StorageCosts other) {
    return new StorageCosts(
        readPj + other.readPj,
        fillPj + other.fillPj,
        updatePj + other.updatePj,
        leakPjPerCycle + other.leakPjPerCycle,
        areaUm2 + other.areaUm2);
  }

  StorageCosts times(double factor) {
    return new StorageCosts(
        readPj * factor,
        fillPj * factor,
        updatePj * factor,
        leakPjPerCycle * factor,
        areaUm2 * factor);
  }
}
