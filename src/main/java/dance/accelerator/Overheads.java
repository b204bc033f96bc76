package dance.accelerator;

import dance.check.Rules;

/**
 * What the components of an accelerator leave out: the rest of its area, and clock and control.
 *
 * <p>Area of an accelerator = its components + {@code peUm2} × MAC units + {@code chipUm2}. Energy
 * of clock and control = ({@code chipPjPerCycle} + {@code pePjPerCycle} × MAC units) × cycles +
 * {@code operationPj} × operations: the first two flow whether a unit works or not, the last only
 * in the cycles in which one does.
 *
 * @param peUm2 area of a processing element beside its storage and its MAC unit: its control, its
 *     part of the networks
 * @param chipUm2 the same of the chip beside its elements and memories
 * @param chipPjPerCycle clock and control of the chip, per cycle
 * @param pePjPerCycle clock and control of an element, busy or idle, per cycle
 * @param operationPj clock and control of an element in a cycle in which it works, in addition
 * @param source calibration
 */
public record Overheads(
    double peUm2,
    double chipUm2,
    double chipPjPerCycle,
    double pePjPerCycle,
    double operationPj,
    String source) {

  /** Components only. */
  public static final Overheads NONE = new Overheads(0, 0, 0, 0, 0, "components only");

  /**
   * @throws IllegalArgumentException naming each area or energy that is negative, or if the source
   *     is missing
   */
  public Overheads {
    new Rules()
        .require(peUm2 >= 0, "rest of an element (%s µm²) must not be negative", peUm2)
        .require(chipUm2 >= 0, "rest of the chip (%s µm²) must not be negative", chipUm2)
        .require(
            chipPjPerCycle >= 0 && pePjPerCycle >= 0,
            "clock and control (%s pJ per cycle, %s per cycle and element) must not be negative",
            chipPjPerCycle,
            pePjPerCycle)
        .require(
            operationPj >= 0,
            "clock and control of an operation (%s pJ) must not be negative",
            operationPj)
        .require(!source.isBlank(), "overheads need the source of their calibration")
        .check();
  }

  /** Area that they add to an accelerator of this many MAC units, µm². */
  public double areaUm2(long macUnits) {
    return peUm2 * macUnits + chipUm2;
  }

  /** Energy that flows in every cycle of an accelerator of this many MAC units, pJ. */
  public double pjPerCycle(double macUnits) {
    return chipPjPerCycle + pePjPerCycle * macUnits;
  }

  /** Without the energy that flows in every cycle. */
  public Overheads withoutTime() {
    return new Overheads(peUm2, chipUm2, 0, 0, operationPj, source);
  }

  /** Without the area, where it is part of the components'. */
  Overheads withoutArea() {
    return new Overheads(0, 0, chipPjPerCycle, pePjPerCycle, operationPj, source);
  }

  /** With all areas and all energies multiplied by a factor, as at another node. */
  Overheads times(double energy, double area, String other) {
    return new Overheads(
        peUm2 * area,
        chipUm2 * area,
        chipPjPerCycle * energy,
        pePjPerCycle * energy,
        operationPj * energy,
        other);
  }

  /**
   * For elements that are not those of the calibration: their terms in proportion to the area of
   * their components, as a measure of what has to be clocked and controlled (our choice; not
   * calibrated).
   *
   * @param share component area of one element with its private storage over that of an element of
   *     the calibration
   */
  public Overheads elements(double share) {
    return new Overheads(
        peUm2 * share,
        chipUm2,
        chipPjPerCycle,
        pePjPerCycle * share,
        operationPj * share,
        source + "; elements by component area per MAC (our choice)");
  }

  /** With the rest of area and of time-proportional energy in the elements alone: one bound. */
  public Overheads restInPes() {
    return split(1, "all of the rest in the PEs");
  }

  /** With the rest of area and of time-proportional energy in none of the elements: the other. */
  public Overheads restOfChip() {
    return split(0, "nothing of the rest in the PEs");
  }

  /** With this part of the rest, which the Eyeriss chip has beside its components, in its PEs. */
  private Overheads split(double part, String words) {
    int pes = Eyeriss.ROWS * Eyeriss.COLUMNS;
    double um2 = areaUm2(pes);
    double pj = pjPerCycle(pes);
    return new Overheads(
        part * um2 / pes,
        (1 - part) * um2,
        (1 - part) * pj,
        part * pj / pes,
        operationPj,
        source + "; " + words);
  }
}
