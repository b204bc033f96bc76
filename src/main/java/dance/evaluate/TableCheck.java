package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import dance.cost.CostModel;
import dance.cost.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Comparison of some cells of a table with a cost model.
 *
 * @param cells number of cells computed again
 * @param stale one line for each whose latency or energy differs by more than rounding, and for a
 *     model with another fingerprint
 */
public record TableCheck(int cells, List<String> stale) {
  /** Relative tolerance: a float is within 2⁻²⁴, the rest is for another order of summation. */
  private static final double TOLERANCE = 1e-6;

  /** Copies the list: the record is immutable. */
  public TableCheck {
    stale = List.copyOf(stale);
  }

  /**
   * Computes random cells again.
   *
   * @param cells number of cells, at least 1; the layers take turns
   * @param seed of the choice
   */
  public static TableCheck of(CostTable table, CostModel model, int cells, long seed) {
    new Rules().require(cells >= 1, "cells to check (%d) must be at least 1", cells).check();
    List<String> stale = new ArrayList<>();
    if (!model.fingerprint().equals(table.fingerprint())) {
      stale.add("the table is of " + table.fingerprint() + ", not of " + model.fingerprint());
    }
    Random random = new Random(seed);
    int layers = table.layers().size();
    int shift = random.nextInt(layers);
    for (int i = 0; i < Math.min(cells, layers); i++) {
      int layer = (i + shift) % layers;
      List<Integer> designs = new ArrayList<>();
      for (int cell = i; cell < cells; cell += layers) {
        designs.add(table.acceleratorSpace().sample(random));
      }
      List<Accelerator> accelerators = designs.stream().map(table::accelerator).toList();
      List<Metrics> prices = model.ofLayer(table.layers().get(layer)).apply(accelerators);
      for (int d = 0; d < designs.size(); d++) {
        int designIndex = designs.get(d);
        Metrics metrics = prices.get(d);
        String where = table.layers().get(layer) + " on " + accelerators.get(d).name();
        compare(
            stale, "latency", where, table.layerLatencyMs(layer, designIndex), metrics.latencyMs());
        compare(
            stale, "energy", where, table.layerEnergyMj(layer, designIndex), metrics.energyMj());
      }
    }
    return new TableCheck(cells, stale);
  }

  private static void compare(
      List<String> stale, String what, String where, double here, double model) {
    if (!(Math.abs(here - model) <= TOLERANCE * Math.abs(model))) {
      stale.add(
          String.format(
              Locale.ROOT,
              "%s of %s is %.7g in the table, %.7g by the model",
              what,
              where,
              here,
              model));
    }
  }
}
