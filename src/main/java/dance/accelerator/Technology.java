package dance.accelerator;

import dance.accelerator.ScalingRule.Point;
import dance.check.Copy;
import dance.check.Rules;
import java.util.List;
import java.util.Locale;

/**
 * Energy per action and area per component in one process, from one coherent source.
 *
 * <p>Rules for what the source does not list: register files, SRAM lines and adders are
 * proportional to their width in bits (Accelergy, library plug-in, scaling.py); multipliers to the
 * square of it (Timeloop, pat-public/src/pat/pat.cpp); both as functions of their depth follow the
 * {@link ScalingRule}s.
 *
 * @param name as tables show it
 * @param nodeNm feature size, nm
 * @param mac MAC unit for 16-bit words, random data
 * @param registers register files
 * @param sram on-chip memories
 * @param wirePjPerBitMm moving a bit by a millimetre over the array's interconnect
 * @param overheads what these numbers leave out; {@link Overheads#NONE} for tables as published
 * @param source of the numbers
 */
public record Technology(
    String name,
    int nodeNm,
    MacUnit mac,
    Registers registers,
    Sram sram,
    double wirePjPerBitMm,
    Overheads overheads,
    String source) {

  /**
   * Register files, as functions of their number of 16-bit words.
   *
   * @param accessPj an access, read or write
   * @param leakPjPerCycle leakage
   * @param areaUm2 area
   */
  public record Registers(ScalingRule accessPj, ScalingRule leakPjPerCycle, ScalingRule areaUm2) {
    Registers times(double access, double leak, double area) {
      return new Registers(accessPj.times(access), leakPjPerCycle.times(leak), areaUm2.times(area));
    }
  }

  /**
   * On-chip SRAMs, as functions of their bytes.
   *
   * @param readPj reading 64 bits
   * @param writePj writing 64 bits
   * @param leakPjPerCycle leakage
   * @param areaUm2 area
   */
  public record Sram(
      ScalingRule readPj, ScalingRule writePj, ScalingRule leakPjPerCycle, ScalingRule areaUm2) {
    Sram times(double access, double leak, double area) {
      return new Sram(
          readPj.times(access),
          writePj.times(access),
          leakPjPerCycle.times(leak),
          areaUm2.times(area));
    }
  }

  /**
   * Energy at 65 nm over energy at 45 nm, 1.31: the polynomials a·V² + b·V + c of Stillmaker and
   * Baas, Integration 58 (2017), as in Accelergy's library plug-in, scaling.py, at 1.0 V, the core
   * voltage of the chip (Eyeriss, JSSC'17, Table V).
   */
  public static final double ENERGY_65_OVER_45 = (3.755 - 4.398 + 1.975) / (1.103 - 0.362 + 0.2767);

  /** Area at 65 nm over area at 45 nm; same source, table of areas. */
  public static final double AREA_65_OVER_45 = 1.5;

  /** Word width to which the numbers per word refer. */
  public static final int WORD_BITS = 16;

  /** Access width to which the SRAM numbers refer. */
  public static final int SRAM_LINE_BITS = 64;

  private static final double KB = 1024;
  private static final String MAC = "MAC";

  // One transfer of the XY network of the 12 × 14 array, pJ, mean over toggling.
  static final double HOP_45NM = 0.2006;
  // Area of a PE of that table, µm².
  private static final double PE_45NM = 5668.5;

  // created once: compared accelerators share their rules
  private static final Technology EYERISS_45NM = tutorial45nm();
  private static final Technology EYERISS_65NM = scaled65nm(EYERISS_45NM);
  private static final Technology CHIP_45NM = EyerissSilicon.of(EYERISS_45NM);
  private static final Technology CHIP_65NM = EyerissSilicon.of(EYERISS_65NM);

  /**
   * @throws IllegalArgumentException naming each number that is not positive, or if name or source
   *     is missing
   */
  public Technology {
    new Rules()
        .require(!name.isBlank(), "technology needs a name")
        .require(nodeNm > 0, "node of %s (%d nm) must be positive", name, nodeNm)
        .require(
            mac.macPj() > 0 && mac.areaUm2() > 0 && mac.addPj() > 0 && mac.leakPjPerCycle() >= 0,
            "energies and area of the MAC unit of %s must be positive",
            name)
        .require(wirePjPerBitMm >= 0, "wire energy of %s must not be negative", name)
        .require(!source.isBlank(), "technology %s needs the source of its numbers", name)
        .check();
  }

  /**
   * The 45 nm, 16-bit Eyeriss table of the ISPASS 2020 tutorial on Timeloop and Accelergy. Storage
   * and network: mean over toggling and quiet data and addresses (column <i>avg</i>), MAC: random
   * data; <i>idle</i> is taken as leakage.
   *
   * <p>Register files: 1 word is the 16-bit register of Aladdin (9 fJ and 5.98 µm² a bit), 12, 16
   * and 192 words are the scratch pads; larger ones continue the last slope (exponent 0.68 for
   * energy; Interstellar's table has 1, Accelergy's library plug-in 0.78). SRAM: 8 KB and 100 KB
   * are the buffers for weights and for everything; smaller ones continue the slope (0.75); in
   * larger ones energy follows the side of the array, exponent 0.5 (our choice; Horowitz, ISSCC'14,
   * has 0.46 from 32 KB to 1 MB, Interstellar 0.58 from 32 KB to 512 KB), area and leakage the
   * capacity.
   *
   * <p>The wire energy makes one transfer of the table's XY network (0.2006 pJ per word) one hop
   * over a PE of the table: our reading. Half the array, 13 hops, then costs 0.3 of a word read
   * from the buffer; Eyeriss, ISCA'16, has 2 to 6.
   */
  public static Technology eyeriss45nm() {
    return EYERISS_45NM;
  }

  private static Technology tutorial45nm() {
    double macPj = 2.20035;
    double addPj = 0.105; // Aladdin, 32-bit adder at 1 ns: 0.21 pJ
    double macLeakPjPerCycle = 0.06595;
    double macUm2 = 1239.5;
    ScalingRule accessPj =
        ScalingRule.through(
            "access to a register file by words [pJ]",
            new Point(1, 0.144),
            new Point(12, 0.14561),
            new Point(16, 0.1529),
            new Point(192, 0.82303));
    ScalingRule registerLeakPjPerCycle =
        ScalingRule.through(
            "leakage of a register file by words [pJ/cycle]",
            new Point(12, 0.018),
            new Point(16, 0.01806),
            new Point(192, 0.02363));
    ScalingRule registerUm2 =
        ScalingRule.through(
            "area of a register file by words [µm²]",
            new Point(1, 95.68),
            new Point(12, 379.68),
            new Point(16, 414.68),
            new Point(192, 3634.68));
    ScalingRule readPj =
        ScalingRule.through(
                "SRAM read of 64 bits by bytes [pJ]",
                new Point(8 * KB, 5.15898),
                new Point(100 * KB, 33.99577))
            .beyond(0.5);
    ScalingRule writePj =
        ScalingRule.through(
                "SRAM write of 64 bits by bytes [pJ]",
                new Point(8 * KB, 5.69428),
                new Point(100 * KB, 34.40252))
            .beyond(0.5);
    ScalingRule sramLeakPjPerCycle =
        ScalingRule.through(
                "SRAM leakage by bytes [pJ/cycle]",
                new Point(8 * KB, 0.01216),
                new Point(100 * KB, 0.01693))
            .beyond(1);
    ScalingRule sramUm2 =
        ScalingRule.through(
                "SRAM area by bytes [µm²]",
                new Point(8 * KB, 77093.2),
                new Point(100 * KB, 979377.0))
            .beyond(1);
    return new Technology(
        "Eyeriss 45 nm (published)",
        45,
        new MacUnit(MAC, macPj, addPj, macLeakPjPerCycle, macUm2),
        new Registers(accessPj, registerLeakPjPerCycle, registerUm2),
        new Sram(readPj, writePj, sramLeakPjPerCycle, sramUm2),
        HOP_45NM / (WORD_BITS * Math.sqrt(PE_45NM) / 1000),
        Overheads.NONE,
        "timeloop-accelergy-exercises @2d551080, ISPASS 2020 tutorial, 04_eyeriss_like/ref-output,"
            + " ERT and ART summaries, avg; 16-bit register and adder: Aladdin tables");
  }

  /**
   * The 45 nm table at 65 nm, by {@link #ENERGY_65_OVER_45} and {@link #AREA_65_OVER_45}. Chosen
   * over the 65 nm example design of the same repository, which is for 8-bit MACs and whose areas
   * of small scratch pads are artefacts of extrapolation.
   */
  public static Technology eyeriss65nm() {
    return EYERISS_65NM;
  }

  private static Technology scaled65nm(Technology t) {
    return t.scaled(
        "Eyeriss 65 nm (published)",
        65,
        ENERGY_65_OVER_45,
        AREA_65_OVER_45,
        "scaled to 65 nm at 1.0 V (energy × %.3f, area × %.1f) after Stillmaker and Baas,"
            + " Integration 58 (2017)");
  }

  /** The 45 nm table as on the Eyeriss chip: {@link #asOnChip}. */
  public static Technology chip45nm() {
    return CHIP_45NM;
  }

  /** The 65 nm table as on the Eyeriss chip: {@link #asOnChip}; the default everywhere. */
  public static Technology chip65nm() {
    return CHIP_65NM;
  }

  /**
   * A table at another node, by factors on its energies and its areas.
   *
   * @param why its source, with places for both factors
   */
  public Technology scaled(String other, int nm, double energy, double area, String why) {
    MacUnit unit =
        new MacUnit(
            mac.name(),
            mac.macPj() * energy,
            mac.addPj() * energy,
            mac.leakPjPerCycle() * energy,
            mac.areaUm2() * area);
    String scaling = String.format(Locale.ROOT, why, energy, area);
    return new Technology(
        other,
        nm,
        unit,
        registers.times(energy, energy, area),
        sram.times(energy, energy, area),
        // A hop grows by the energy factor and is longer by the root of the area factor.
        wirePjPerBitMm * energy / Math.sqrt(area),
        overheads.times(energy, area, overheads.source()),
        source + "; " + scaling);
  }

  /**
   * As on the Eyeriss chip: areas and energies by kind of component, with the overheads that the
   * chip has beside them; at its own node. Source and assumptions: {@link EyerissSilicon}.
   *
   * @throws IllegalArgumentException if it has overheads already
   */
  public Technology asOnChip() {
    new Rules()
        .require(
            overheads.equals(Overheads.NONE),
            "technology %s is calibrated already (%s)",
            name,
            overheads.source())
        .check();
    return EyerissSilicon.of(this);
  }

  /** A MAC unit for words of this many bits. */
  public MacUnit mac(int bits) {
    double width = (double) bits / WORD_BITS;
    double square = width * width;
    return new MacUnit(
        mac.name(),
        mac.macPj() * square,
        mac.addPj() * width,
        mac.leakPjPerCycle() * square,
        mac.areaUm2() * square);
  }

  /** A register file that can keep every operand, one word per access, without bandwidth limit. */
  public MemoryLevel registers(String level, long words, int bits) {
    return MemoryLevel.of(level, words)
        .wordBits(bits)
        .derived(registerCosts(words, bits), new CostSource.Registers(this));
  }

  StorageCosts registerCosts(long words, int bits) {
    double width = (double) bits / WORD_BITS;
    double pj = registers.accessPj.at(words) * width;
    return new StorageCosts(
        pj,
        pj,
        pj,
        registers.leakPjPerCycle.at(words) * width,
        registers.areaUm2.at(words) * width);
  }

  /**
   * An on-chip SRAM that can keep every operand, without bandwidth limit.
   *
   * @param level its name
   * @param bytes capacity of one instance
   * @param bits width of a word; the capacity is rounded down to whole words
   * @param lineWords words that one access moves
   */
  public MemoryLevel sram(String level, long bytes, int bits, int lineWords) {
    return MemoryLevel.of(level, Math.multiplyExact(bytes, 8L) / bits)
        .wordBits(bits)
        .lineWords(lineWords)
        .derived(sramCosts(bytes, (long) bits * lineWords), new CostSource.Sram(this));
  }

  StorageCosts sramCosts(double bytes, long lineBits) {
    double width = (double) lineBits / SRAM_LINE_BITS;
    double write = sram.writePj.at(bytes) * width;
    return new StorageCosts(
        sram.readPj.at(bytes) * width,
        write,
        write,
        sram.leakPjPerCycle.at(bytes),
        sram.areaUm2.at(bytes));
  }

  /**
   * SRAM banks side by side that are accessed together: one word of each bank makes a line.
   *
   * @param level name of the whole
   * @param banks number of banks, and words of a line
   * @param bankBytes capacity of one bank
   * @param bits width of a word
   */
  public MemoryLevel banks(String level, int banks, long bankBytes, int bits) {
    MemoryLevel bank = sram(level, bankBytes, bits, 1);
    return MemoryLevel.of(level, Math.multiplyExact(banks, bank.capacityWords()))
        .wordBits(bits)
        .lineWords(banks)
        .derived(bank.costs().times(banks), new CostSource.Banks(this));
  }

  /**
   * The interconnect of an array of processing elements, without latency.
   *
   * @param bits width of a transferred word
   * @param peUm2 area of one element; a hop is its side
   */
  public Interconnect network(int bits, double peUm2) {
    return Interconnect.IDEAL
        .wordBits(bits)
        .wirePjPerBitMm(wirePjPerBitMm)
        .tileWidthUm(Math.sqrt(peUm2));
  }

  /** Under another name, as the basis of a custom technology. */
  public Technology named(String other) {
    return Copy.with(this, "name", other);
  }

  /** Name, node and source in one line, as {@link Accelerator#technology} shows it. */
  public String label() {
    return name + ": " + source;
  }

  /**
   * The published table that a bundled technology is the calibration of; of one that is as
   * published, itself.
   *
   * @throws IllegalArgumentException if it is a calibration of one's own
   */
  public Technology asPublished() {
    if (isAsPublished()) {
      return this;
    }
    return all().stream()
        .filter(table -> table.isAsPublished() && table.nodeNm == nodeNm)
        .filter(table -> table.asOnChip().equals(this))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "technology "
                        + name
                        + " is not calibrated on a bundled table: no table as published is known"));
  }

  /** With the areas of another technology times a factor. */
  Technology areas(Technology other, double factor, String why) {
    Registers r = other.registers.times(1, 1, factor);
    Sram s = other.sram.times(1, 1, factor);
    return new Technology(
        name,
        nodeNm,
        Copy.with(mac, "areaUm2", other.mac.areaUm2() * factor),
        Copy.with(registers, "areaUm2", r.areaUm2),
        Copy.with(sram, "areaUm2", s.areaUm2),
        wirePjPerBitMm,
        overheads,
        source + "; " + why);
  }

  /** Whether these are tables as published, without what a chip has beside its components. */
  public boolean isAsPublished() {
    return overheads.equals(Overheads.NONE);
  }

  /** The bundled technologies: tables as published, and as on the chip. */
  public static List<Technology> all() {
    return List.of(eyeriss45nm(), eyeriss65nm(), chip45nm(), chip65nm());
  }

  /** A flat list of all values: names of designs with a custom technology hash it. */
  @Override
  public String toString() {
    return ("Technology[name=%s, nodeNm=%s, macPj=%s, macLeakPjPerCycle=%s, macUm2=%s, addPj=%s,"
            + " registerPj=%s, registerLeakPjPerCycle=%s, registerUm2=%s, sramReadPj=%s,"
            + " sramWritePj=%s, sramLeakPjPerCycle=%s, sramUm2=%s, wirePjPerBitMm=%s, overheads=%s,"
            + " source=%s]")
        .formatted(
            name,
            nodeNm,
            mac.macPj(),
            mac.leakPjPerCycle(),
            mac.areaUm2(),
            mac.addPj(),
            registers.accessPj,
            registers.leakPjPerCycle,
            registers.areaUm2,
            sram.readPj,
            sram.writePj,
            sram.leakPjPerCycle,
            sram.areaUm2,
            wirePjPerBitMm,
            overheads,
            source);
  }
}
