package dance.accelerator;

import dance.check.Copy;
import dance.check.Rules;
import dance.workload.Operand;

/**
 * The on-chip interconnect between a memory level and the instances below it.
 *
 * @param wordBits width of a transferred word
 * @param wirePjPerBitMm energy of moving a bit by one millimetre
 * @param tileWidthUm length of one hop
 * @param routerPj energy of a word passing one router
 * @param ingressPj energy of a word entering the interconnect, independent of distance
 * @param latency cycles beside those of the transfers
 * @param neighbourLinks whether neighbouring instances forward overlapping words to each other
 */
public record Interconnect(
    int wordBits,
    double wirePjPerBitMm,
    double tileWidthUm,
    double routerPj,
    double ingressPj,
    Latency latency,
    boolean neighbourLinks) {

  /**
   * Cycles beside those of the transfers.
   *
   * @param fillCycles before the first word of a layer arrives
   * @param drainCycles after its last word left
   * @param systolic how the array below is filled and drained in every pass; null where the
   *     transfers of a pass overlap with the MACs of another
   */
  public record Latency(long fillCycles, long drainCycles, Systolic systolic) {
    /**
     * @throws IllegalArgumentException if a latency is negative
     */
    public Latency {
      new Rules()
          .require(fillCycles >= 0, "fill latency (%d cycles) must not be negative", fillCycles)
          .require(drainCycles >= 0, "drain latency (%d cycles) must not be negative", drainCycles)
          .check();
    }
  }

  /** No energy and no latency. */
  public static final Interconnect IDEAL =
      new Interconnect(16, 0, 0, 0, 0, new Latency(0, 0, null), false);

  /**
   * A systolic array: operands pass from PE to PE, one a cycle, so that the last PE begins {@code
   * columns + rows − 2} cycles after the first. A pass lasts while the tile of the stationary
   * operand stays; the array is drained before the next, as in SCALE-Sim (Samajdar et al., ISPASS
   * 2020): {@code passes · (steps + rows + columns + rows − 2)} cycles for stationary weights or
   * inputs, {@code passes · (steps + rows + columns − 2)} for stationary outputs.
   *
   * @param stationary operand whose tile stays in the array for a pass
   * @param preloads whether a pass waits for its tile, which enters a row a cycle; false for
   *     outputs, and where a second buffer in every PE hides it
   */
  public record Systolic(Operand stationary, boolean preloads) {

    /** Weights that are loaded before each pass. */
    public static final Systolic WEIGHTS = new Systolic(Operand.WEIGHT, true);

    /** Outputs that start at zero. */
    public static final Systolic OUTPUTS = new Systolic(Operand.OUTPUT, false);

    /**
     * @throws IllegalArgumentException if outputs are stationary and preloaded: they start at zero
     */
    public Systolic {
      new Rules()
          .require(
              !(preloads && stationary == Operand.OUTPUT),
              "outputs start at zero: there is nothing to preload")
          .check();
    }

    /** Cycles that a pass adds to its steps on an array of this size. */
    public long passCycles(int columns, int rows) {
      return fillAndDrain(columns, rows) + preload(rows);
    }

    /** Cycles until the last PE begins. */
    public long fillAndDrain(int columns, int rows) {
      return (long) columns + rows - 2;
    }

    /** Cycles until the tile is in the array. */
    public long preload(int rows) {
      return preloads ? rows : 0;
    }
  }

  /**
   * @throws IllegalArgumentException naming each energy or width out of range
   */
  public Interconnect {
    new Rules()
        .require(
            wordBits >= 1,
            "word width of the interconnect (%d bits) must be at least " + "1",
            wordBits)
        .require(wirePjPerBitMm >= 0, "wire energy (%s) must not be negative", wirePjPerBitMm)
        .require(tileWidthUm >= 0, "tile width (%s um) must not be negative", tileWidthUm)
        .require(routerPj >= 0, "router energy (%s pJ) must not be negative", routerPj)
        .require(ingressPj >= 0, "ingress energy (%s pJ) must not be negative", ingressPj)
        .check();
  }

  /** Cycles before the first word of a layer arrives. */
  public long fillCycles() {
    return latency.fillCycles;
  }

  /** Cycles after the last word of a layer left. */
  public long drainCycles() {
    return latency.drainCycles;
  }

  /** How the array below is filled and drained in every pass; null where this is hidden. */
  public Systolic systolic() {
    return latency.systolic;
  }

  /** With words of this many bits. */
  public Interconnect wordBits(int bits) {
    return Copy.with(this, "wordBits", bits);
  }

  /** With hops of this length. */
  public Interconnect tileWidthUm(double um) {
    return Copy.with(this, "tileWidthUm", um);
  }

  /** With wires of this energy. */
  public Interconnect wirePjPerBitMm(double pj) {
    return Copy.with(this, "wirePjPerBitMm", pj);
  }

  /** With routers of this energy per word. */
  public Interconnect routerPj(double pj) {
    return Copy.with(this, "routerPj", pj);
  }

  /** With this energy of a word that enters. */
  public Interconnect ingressPj(double pj) {
    return Copy.with(this, "ingressPj", pj);
  }

  /** With cycles before the first word of a layer arrives, and after its last word left. */
  public Interconnect latency(long fillCycles, long drainCycles) {
    return Copy.with(this, "latency", new Latency(fillCycles, drainCycles, systolic()));
  }

  /** With or without links on which neighbouring instances forward words to each other. */
  public Interconnect neighbourLinks(boolean linked) {
    return Copy.with(this, "neighbourLinks", linked);
  }

  /** With an array below that is filled and drained in every pass; null for one that is not. */
  public Interconnect systolic(Systolic array) {
    return Copy.with(this, "latency", new Latency(fillCycles(), drainCycles(), array));
  }

  /** With the same latency, but no energy. */
  public Interconnect withoutEnergy() {
    return wirePjPerBitMm(0).routerPj(0).ingressPj(0);
  }

  /** Whether moving a word costs no energy, so that hops need not be counted. */
  public boolean free() {
    return hopPj() == 0 && routerPj == 0 && ingressPj == 0;
  }

  /** Energy of one word moving by one hop, in pJ. */
  public double hopPj() {
    return wordBits * wirePjPerBitMm * tileWidthUm / 1000;
  }

  /** A flat list of all values; tables on disk hold hashes of it. */
  @Override
  public String toString() {
    return ("Interconnect[wordBits=%s, wirePjPerBitMm=%s, tileWidthUm=%s, routerPj=%s, ingressPj=%s,"
            + " fillCycles=%s, drainCycles=%s, neighbourLinks=%s%s]")
        .formatted(
            wordBits,
            wirePjPerBitMm,
            tileWidthUm,
            routerPj,
            ingressPj,
            fillCycles(),
            drainCycles(),
            neighbourLinks,
            systolic() == null ? "" : ", systolic=" + systolic());
  }
}
