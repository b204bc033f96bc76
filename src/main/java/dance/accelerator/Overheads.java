package dance.accelerator;

import dance.check.Rules;

/**
 * What component tables leave out: clock, control, wiring and utilization of the die.
 *
 * @param areaFactor silicon area over the sum of the component areas
 * @param floorPjPerCyclePerPe energy of each PE of the array per cycle, busy or idle
 * @param source calibration of both
 */
public record Overheads(double areaFactor, double floorPjPerCyclePerPe, String source) {

  /**
   * Core area of the Eyeriss chip over that of its components in the 65 nm table: 12.25 mm² /
   * 3.1915 mm². The components are 168 PEs (MAC, spads of 224, 12 and 24 words) of 9,553 µm² and a
   * buffer of 108 KB, 1.587 mm². A ratio of areas, so the same at any node.
   */
  public static final double AREA_FACTOR = 3.8383;

  /**
   * Clock and control of an Eyeriss PE at 65 nm and 1.0 V, pJ per cycle: energy of the chip for
   * AlexNet CONV1–5 beyond its table energy, over all PE-cycles.
   *
   * <p>Chip energy: power × processing latency (JSSC'17, Table V). Table energy: MACs on non-zero
   * inputs at 4.79 pJ (MAC, reads of a filter word, an input and a partial sum, a write of the
   * last); on zeros, which the chip gates, at 0.33 pJ (input read, gated MAC); buffer accesses of
   * 64 bits at 46.5 pJ; leakage. PE-cycles: processing latency × 200 MHz × 168. The five layers
   * taken singly give 5.9, 6.0, 6.1, 5.4 and 5.2 pJ although their power, their share of zeros and
   * their throughput differ widely: the floor is by time. Per total latency, DRAM stalls included,
   * they give 5.3 to 6.7.
   */
  public static final double FLOOR_PJ_65NM = 5.818;

  /** Components only. */
  public static final Overheads NONE = new Overheads(1, 0, "components only");

  /** Of the Eyeriss chip. */
  public static final Overheads EYERISS_65NM =
      new Overheads(
          AREA_FACTOR,
          FLOOR_PJ_65NM,
          "Eyeriss JSSC'17: core area 12.25 mm²; Table V, power of AlexNet CONV1–5 at 200 MHz");

  /** Of the Eyeriss chip, its floor scaled to 45 nm like the energies of the table. */
  public static final Overheads EYERISS_45NM =
      new Overheads(
          AREA_FACTOR,
          FLOOR_PJ_65NM / Technology.ENERGY_65_OVER_45,
          EYERISS_65NM.source + "; floor scaled to 45 nm after Stillmaker and Baas");

  public Overheads {
    new Rules()
        .require(areaFactor >= 1, "area overhead factor (%s) must be at least 1", areaFactor)
        .require(
            floorPjPerCyclePerPe >= 0,
            "energy floor (%s pJ per cycle and PE) must not be negative",
            floorPjPerCyclePerPe)
        .require(!source.isBlank(), "overheads need the source of their calibration")
        .check();
  }

  /** Of the Eyeriss chip; at nodes other than 65 and 45 nm the floor follows the MAC energy. */
  public static Overheads eyeriss(Technology technology) {
    return switch (technology.nodeNm()) {
      case 65 -> EYERISS_65NM;
      case 45 -> EYERISS_45NM;
      default ->
          new Overheads(
              AREA_FACTOR,
              FLOOR_PJ_65NM * technology.mac().macPj() / Technology.eyeriss65nm().mac().macPj(),
              EYERISS_65NM.source + "; floor scaled to " + technology.name() + " like its MAC");
    };
  }

  /**
   * Of the Eyeriss chip, for elements that are not its PEs: the floor in proportion to their
   * component area, as a measure of what has to be clocked (our choice; not calibrated).
   *
   * @param peUm2 component area of one element with its share of private storage
   */
  public static Overheads eyeriss(Technology technology, double peUm2) {
    Overheads chip = eyeriss(technology);
    return new Overheads(
        chip.areaFactor,
        chip.floorPjPerCyclePerPe * peUm2 / Eyeriss.peUm2(technology),
        chip.source + "; floor by component area per MAC (our choice)");
  }
}
