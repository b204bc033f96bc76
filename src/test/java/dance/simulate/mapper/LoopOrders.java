package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.List;

/** The orders in which the temporal loops of one level may stand. */
final class LoopOrders {
  private LoopOrders() {}

  /**
   * All orders, outermost loop first.
   *
   * @param loops dimensions with more than one iteration
   * @param innermost dimensions whose loops are the innermost ones, innermost first
   */
  static List<List<Integer>> of(List<Integer> loops, List<Integer> innermost) {
    List<Integer> free = loops.stream().filter(d -> !innermost.contains(d)).toList();
    List<Integer> fixed = new ArrayList<>();
    for (int i = innermost.size() - 1; i >= 0; i--) {
      if (loops.contains(innermost.get(i))) {
        fixed.add(innermost.get(i));
      }
    }
    List<List<Integer>> orders = new ArrayList<>();
    permute(free, new ArrayList<>(), fixed, orders);
    return orders;
  }

  private static void permute(
      List<Integer> rest, List<Integer> placed, List<Integer> tail, List<List<Integer>> orders) {
    if (rest.isEmpty()) {
      List<Integer> order = new ArrayList<>(placed);
      order.addAll(tail);
      orders.add(order);
    }
    for (Integer next : rest) {
      List<Integer> others = new ArrayList<>(rest);
      others.remove(next);
      placed.add(next);
      permute(others, placed, tail, orders);
      placed.remove(placed.size() - 1);
    }
  }
}
