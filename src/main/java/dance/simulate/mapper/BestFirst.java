package dance.simulate.mapper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Best-first search over the partial mappings of all choices of kept tensors: the one with the
 * least bound is continued first, so that the effort goes where a proof needs it.
 */
final class BestFirst {
  /** Partial mappings held at once; beyond, the search continues depth first. */
  private static final int MOST_HELD = 1 << 18;

  /** Every so often, the best partial mapping is completed. */
  private static final int DIVING = 8;

  private static final Comparator<Open> ORDER =
      Comparator.comparingDouble((Open o) -> o.partial.bound.value())
          .thenComparingInt(o -> o.partial.level);

  private int expanded;
  private final List<MapSearch> searches;
  private final Incumbent incumbent;
  private final PriorityQueue<Open> queue = new PriorityQueue<>(ORDER);

  private double dropped = Double.POSITIVE_INFINITY;

  private record Open(MapSearch search, PartialMapping partial) {
    boolean isComplete() {
      return partial.level == 0 && partial.temporal != null;
    }
  }

  BestFirst(List<MapSearch> searches, Incumbent incumbent) {
    this.searches = searches;
    this.incumbent = incumbent;
    for (MapSearch search : searches) {
      search.forget();
      queue.add(new Open(search, search.root()));
    }
  }

  /**
   * Searches.
   *
   * @return lower bound of everything skipped for lack of effort
   */
  double run() {
    while (!queue.isEmpty() && queue.peek().partial.bound.value() < incumbent.limit()) {
      if (incumbent.isOver()) {
        dropped = Math.min(dropped, queue.peek().partial.bound.value());
        break;
      }
      Open next = queue.poll();
      if (queue.size() > MOST_HELD) {
        depthFirst(next);
      } else if (expanded++ % DIVING == 0) {
        dive(next);
      } else {
        queue.addAll(expand(next));
      }
    }
    // The effort may have ended while a partial mapping was being continued.
    return searches.stream().mapToDouble(MapSearch::dropped).reduce(dropped, Math::min);
  }

  /** Continues with the best child until a mapping is complete, which may be a new incumbent. */
  private void dive(Open from) {
    Open next = from;
    while (next != null && next.partial.bound.value() < incumbent.limit()) {
      List<Open> children = expand(next);
      next = children.stream().min(ORDER).orElse(null);
      for (Open child : children) {
        if (child != next) {
          queue.add(child);
        }
      }
    }
  }

  private void depthFirst(Open root) {
    Deque<Open> stack = new ArrayDeque<>();
    stack.push(root);
    while (!stack.isEmpty()) {
      Open next = stack.pop();
      if (next.partial.bound.value() >= incumbent.limit()) {
        continue;
      }
      if (incumbent.isOver()) {
        dropped = Math.min(dropped, next.partial.bound.value());
        continue;
      }
      List<Open> children = expand(next);
      children.sort(Comparator.comparingDouble((Open o) -> -o.partial.bound.value()));
      children.forEach(stack::push);
    }
  }

  private List<Open> expand(Open open) {
    List<Open> children = new ArrayList<>();
    if (open.isComplete()) {
      open.search.evaluate(open.partial);
    } else {
      for (PartialMapping child : open.search.expand(open.partial)) {
        children.add(new Open(open.search, child));
      }
    }
    return children;
  }
}
