package dance.accelerator;

import dance.check.Copy;
import dance.check.Rules;

/**
 * The on-chip interconnect between a memory level and the instances below it.
 *
 * @param wordBits width of a transferred word
 * @param wirePjPerBitMm energy of moving a bit by one millimetre
 * @param tileWidthUm length of one hop
 * @param routerPj energy of a word passing one router
 * @param ingressPj energy of a word entering the interconnect, independent of distance
 * @param fillCycles latency before the first word arrives
 * @param drainCycles latency after the last word left
 * @param neighbourLinks whether neighbouring instances forward overlapping words to each other
 */
public record Interconnect(
    int wordBits,
    double wirePjPerBitMm,
    double tileWidthUm,
    double routerPj,
    double ingressPj,
    long fillCycles,
    long drainCycles,
    boolean neighbourLinks) {

  /** No energy and no latency. */
  public static final Interconnect IDEAL = new Interconnect(16, 0, 0, 0, 0, 0, 0, false);

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
        .require(fillCycles >= 0, "fill latency (%d cycles) must not be negative", fillCycles)
        .require(drainCycles >= 0, "drain latency (%d cycles) must not be negative", drainCycles)
        .check();
  }

  /** An interconnect with costs of wires, routers and latency only. */
  public Interconnect(
      int wordBits,
      double wirePjPerBitMm,
      double tileWidthUm,
      double routerPj,
      long fillCycles,
      long drainCycles,
      boolean neighbourLinks) {
    this(
        wordBits,
        wirePjPerBitMm,
        tileWidthUm,
        routerPj,
        0,
        fillCycles,
        drainCycles,
        neighbourLinks);
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

  /** With the same latency, but no energy. */
  public Interconnect withoutEnergy() {
    return new Interconnect(
        wordBits, 0, tileWidthUm, 0, 0, fillCycles, drainCycles, neighbourLinks);
  }

  /** Whether moving a word costs no energy, so that hops need not be counted. */
  public boolean free() {
    return hopPj() == 0 && routerPj == 0 && ingressPj == 0;
  }

  /** Energy of one word moving by one hop, in pJ. */
  public double hopPj() {
    return wordBits * wirePjPerBitMm * tileWidthUm / 1000;
  }
}
