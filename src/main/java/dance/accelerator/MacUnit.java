package dance.accelerator;

import dance.check.Rules;

/**
 * The MAC unit of a processing element.
 *
 * @param name as tables show it
 * @param macPj energy of a multiply-accumulate; NaN, like each energy and the area, if unknown
 * @param addPj energy of an addition or comparison, as pooling needs it
 * @param leakPjPerCycle leakage of one unit
 * @param areaUm2 area of one unit
 */
public record MacUnit(
    String name, double macPj, double addPj, double leakPjPerCycle, double areaUm2) {
  /**
   * @throws IllegalArgumentException naming each energy, leakage or area that is negative
   */
  public MacUnit {
    new Rules()
        .require(!(macPj < 0), "MAC energy of %s (%s pJ) must not be negative", name, macPj)
        .require(!(addPj < 0), "addition energy of %s (%s pJ) must not be negative", name, addPj)
        .require(!(leakPjPerCycle < 0), "leakage of %s must not be negative", name)
        .require(!(areaUm2 < 0), "area of %s (%s um2) must not be negative", name, areaUm2)
        .check();
  }

  /** Whether all energies are known. */
  public boolean isPriced() {
    return !Double.isNaN(macPj + addPj);
  }
}
