package dance.accelerator;

import java.util.ArrayList;
import java.util.List;

/** Hop lengths of interconnects, derived from the area of the connected elements. */
final class Hops {
  /** Tolerance for equal areas summed in another order. */
  private static final double ROUNDING = 1e-12;

  private Hops() {}

  /**
   * The changed levels with their interconnects updated: a hop that was as long as the side of an
   * element follows the new element size.
   */
  static List<MemoryLevel> again(Accelerator before, List<MemoryLevel> levels, MacUnit mac) {
    List<MemoryLevel> rewired = new ArrayList<>();
    for (int l = 0; l < levels.size(); l++) {
      MemoryLevel level = levels.get(l);
      Interconnect network = level.interconnect();
      double peUm2 = before.overheads().peUm2();
      double was = Math.sqrt(elementUm2(before.levels(), before.mac(), peUm2, l));
      double is = Math.sqrt(elementUm2(levels, mac, peUm2, l));
      boolean follows =
          network.tileWidthUm() == before.levels().get(l).interconnect().tileWidthUm()
              && Math.abs(network.tileWidthUm() - was) <= ROUNDING * was
              && Math.abs(is - was) > ROUNDING * was;
      rewired.add(follows ? level.interconnect(network.tileWidthUm(is)) : level);
    }
    return rewired;
  }

  /**
   * Area below one connection of a level.
   *
   * @param peUm2 area that every MAC unit adds to the components
   */
  static double elementUm2(List<MemoryLevel> levels, MacUnit mac, double peUm2, int level) {
    double um2 = 0;
    long instances = 1;
    for (int inner = level + 1; inner < levels.size(); inner++) {
      um2 += levels.get(inner).areaUm2() * instances;
      instances *= levels.get(inner).fanout().instances();
    }
    return um2 + (mac.areaUm2() + peUm2) * instances;
  }
}
