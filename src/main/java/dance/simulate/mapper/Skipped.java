package dance.simulate.mapper;

/** What a search left out for lack of effort or space, without proof: its least lower bound. */
final class Skipped {
  private double bound = Double.POSITIVE_INFINITY;

  void add(PartialMapping partial) {
    bound = Math.min(bound, partial.bound.value());
  }

  /** Lower bound of all of it; infinite if nothing was left out. */
  double bound() {
    return bound;
  }

  void forget() {
    bound = Double.POSITIVE_INFINITY;
  }
}
