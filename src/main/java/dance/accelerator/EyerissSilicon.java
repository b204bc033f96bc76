package dance.accelerator;

import java.util.Locale;

/**
 * What the published tables have to be multiplied with to behave like the Eyeriss chip (Chen,
 * Krishna, Emer, Sze, JSSC 52(1), 2017), kind by kind, and what they leave out.
 *
 * <p><b>Area</b>, Section VI, stated: core 12.25 mm²; buffer and scratch pads two thirds of it; the
 * pads 2.5 × the buffer; multipliers and adders 7.4 %. Arithmetic: buffer 2.33, pads 5.83, MACs
 * 0.907, rest 3.18 mm². The factors are those areas over the areas of the same components in the
 * table; as ratios they hold at any node. One factor for all register files: only the sum of the
 * three pads is stated, and the table says how a file's area follows its size.
 *
 * <p><b>Energy</b>: least squares over the power of AlexNet CONV1–5 (Table V) and two stated shares
 * of CONV1, each at its bound (Section VI-A: ALUs less than 10 %, pads, buffer and networks up to
 * 45 %); {@code EnergyCalibrationTest} repeats the fit and prints its residuals. Three quantities
 * are fitted: the MAC, the pads, clock and control. Buffer and networks stay at the table: the five
 * layers do not tell them from clock and control. Inputs that are zero cost no MAC, no filter word
 * and no partial sum, as the chip gates them.
 *
 * <p><b>Assumed</b>, because nothing is stated: a half of the rest's area and of the energy that
 * flows in every cycle belongs to the PEs ({@link Overheads#restInPes} and {@link
 * Overheads#restOfChip} are the bounds); and a quarter of clock and control flows only in the
 * cycles in which a PE works. The fit alone would put all of it in every cycle.
 */
public final class EyerissSilicon {
  /** Area of the core, mm²: stated (Table V). */
  public static final double CORE_MM2 = 12.25;

  /** Buffer and pads over the core: stated (Section VI). */
  public static final double MEMORIES = 2.0 / 3;

  /** Pads over the buffer: stated (Section VI). */
  public static final double PADS_OVER_BUFFER = 2.5;

  /** Multipliers and adders over the core: stated (Section VI). */
  public static final double ARITHMETIC = 0.074;

  /** Area of the 108 KB global buffer, mm²: arithmetic. */
  public static final double BUFFER_MM2 = CORE_MM2 * MEMORIES / (1 + PADS_OVER_BUFFER);

  /** Area of the pads of all PEs, mm²: arithmetic. */
  public static final double PADS_MM2 = BUFFER_MM2 * PADS_OVER_BUFFER;

  /** Area of the MAC units of all PEs, mm²: arithmetic. */
  public static final double MACS_MM2 = CORE_MM2 * ARITHMETIC;

  /** Area of everything else, mm²: arithmetic. */
  public static final double REST_MM2 = CORE_MM2 - BUFFER_MM2 - PADS_MM2 - MACS_MM2;

  /** Part of the rest, in area and in energy per cycle, that the PEs have: assumed. */
  public static final double REST_IN_PES = 0.5;

  /** Part of clock and control that flows only where a PE works: assumed. */
  public static final double GATED = 0.25;

  /** A MAC at 65 nm and 1.0 V, pJ: fitted. The table has 2.88. */
  public static final double MAC_PJ_65NM = 1.198;

  /** Accesses of the pads over those of the table: fitted. */
  public static final double PADS_FACTOR = 2.83;

  /** Clock and control of the chip at 65 nm, pJ per cycle with every PE at work: fitted. */
  public static final double CLOCK_PJ_65NM = 857;

  /** Number of PEs. */
  static final int PES = Eyeriss.ROWS * Eyeriss.COLUMNS;

  private EyerissSilicon() {}

  /**
   * A technology of published tables as on the chip: areas and energies of its components by kind,
   * and {@link Technology#overheads}, all of them scaled to its node like its MAC.
   */
  static Technology of(Technology table) {
    Technology at65 = Technology.eyeriss65nm();
    double energy = table.mac().macPj() / at65.mac().macPj();
    double area = table.mac().areaUm2() / at65.mac().areaUm2();
    double padsUm2 = Eyeriss.padsUm2(table) * PES;
    double bufferUm2 = table.sram().areaUm2().at(Eyeriss.BUFFER_BYTES);
    double macPj = MAC_PJ_65NM / at65.mac().macPj();
    double macUm2 = MACS_MM2 * 1e6 / PES / at65.mac().areaUm2();
    double padUm2 = PADS_MM2 * 1e6 * area / padsUm2;
    double sramUm2 = BUFFER_MM2 * 1e6 * area / bufferUm2;
    MacUnit mac = table.mac();
    MacUnit unit =
        new MacUnit(
            mac.name(),
            mac.macPj() * macPj,
            mac.addPj() * macPj,
            mac.leakPjPerCycle(),
            mac.areaUm2() * macUm2);
    double everyCycle = (1 - GATED) * CLOCK_PJ_65NM;
    Overheads overheads =
        new Overheads(
                REST_IN_PES * REST_MM2 * 1e6 / PES,
                (1 - REST_IN_PES) * REST_MM2 * 1e6,
                (1 - REST_IN_PES) * everyCycle,
                REST_IN_PES * everyCycle / PES,
                GATED * CLOCK_PJ_65NM / PES,
                SOURCE)
            .times(
                energy,
                area,
                table.nodeNm() == at65.nodeNm() ? SOURCE : SOURCE + "; scaled like the MAC");
    double peUm2 = Eyeriss.padsUm2(table) * padUm2 + unit.areaUm2() + overheads.peUm2();
    // A hop over a PE costs what it costs in the table, however long it is on the chip.
    double hopPj =
        Technology.HOP_45NM * table.mac().macPj() / Technology.eyeriss45nm().mac().macPj();
    return new Technology(
        table.name().replace(PUBLISHED, "") + CHIP,
        table.nodeNm(),
        unit,
        table.registers().times(PADS_FACTOR, 1, padUm2),
        table.sram().times(1, 1, sramUm2),
        hopPj / (Technology.WORD_BITS * Math.sqrt(peUm2) / 1000),
        overheads,
        table.source()
            + String.format(
                Locale.ROOT,
                "; as on the chip: energy of MAC × %.3f, of register files × %.2f; area of MAC ×"
                    + " %.2f, of register files × %.2f, of SRAM × %.2f; ",
                macPj,
                PADS_FACTOR,
                macUm2,
                padUm2,
                sramUm2)
            + SOURCE);
  }

  /** What the names of tables as published end with. */
  static final String PUBLISHED = " (published)";

  /** What the names of calibrated technologies end with. */
  static final String CHIP = " (chip)";

  private static final String SOURCE =
      "Eyeriss JSSC'17, Section VI (area by part), Table V (power of AlexNet CONV1–5), Section VI-A"
          + " (shares of power)";
}
