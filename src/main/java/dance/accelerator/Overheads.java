package dance.accelerator;

import dance.check.Rules;

/**
 * What tables of components miss: clock, control, wiring and utilisation of the die.
 *
 * @param areaFactor silicon area over the sum of the component areas
 * @param floorPjPerCyclePerPe energy that each PE of the array takes every cycle, busy or not
 * @param source where both were calibrated
 */
public record Overheads(double areaFactor, double floorPjPerCyclePerPe, String source) {

  /** Components only. */
  public static final Overheads NONE = new Overheads(1, 0, "components only");

  public Overheads {
    new Rules()
        .require(areaFactor >= 1, "area overhead factor (%s) must be at least 1", areaFactor)
        .require(
            floorPjPerCyclePerPe >= 0,
            "energy floor (%s pJ per cycle and PE) must not be negative",
            floorPjPerCyclePerPe)
        .check();
  }
}
