package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the unrollings over one array save and cost together: instances that share a tile of each
 * tensor, energy on the interconnect, instances that leak. Only those remain that no other one
 * surpasses; similar ones are joined where there are many, with the best of each.
 */
final class SharingChoices {
  /** Unrollings beyond which similar ones are joined. */
  private static final int MANY = 500;

  /** Sharings in this ratio are similar. */
  private static final double RATIO = Math.sqrt(Math.sqrt(2));

  /**
   * One or several unrollings.
   *
   * @param share upper bound of the instances that share a tile: [tensor]
   * @param hopPj lower bound of the energy on the interconnect, for each word before sharing:
   *     [tensor]
   * @param instances lower bound of the instances in use
   * @param most upper bound of the instances in use
   */
  record Choice(double[] share, double[] hopPj, double instances, double most) {
    /** Whether nothing costs less with the other one. */
    boolean surpasses(Choice other) {
      for (int t = 0; t < share.length; t++) {
        if (share[t] < other.share[t] || hopPj[t] > other.hopPj[t]) {
          return false;
        }
      }
      return instances <= other.instances;
    }

    Choice with(Choice other) {
      double[] shared = share.clone();
      double[] least = hopPj.clone();
      for (int t = 0; t < shared.length; t++) {
        shared[t] = Math.max(shared[t], other.share[t]);
        least[t] = Math.min(least[t], other.hopPj[t]);
      }
      return new Choice(
          shared, least, Math.min(instances, other.instances), Math.max(most, other.most));
    }
  }

  /** For energy: those that no other surpasses. */
  final List<Choice> choices;

  private final Map<Spatial.Unrolling, Choice> known = new IdentityHashMap<>();

  private final boolean joins;

  /** For costs without interconnect. */
  final List<Choice> shares;

  private SharingChoices(Map<Choice, List<Spatial.Unrolling>> members) {
    members.forEach((choice, unrollings) -> unrollings.forEach(u -> known.put(u, choice)));
    choices = unsurpassed(members.keySet());
    joins = members.values().stream().anyMatch(unrollings -> unrollings.size() > 1);
    shares =
        unsurpassed(
            choices.stream()
                .map(c -> new Choice(c.share, new double[c.hopPj.length], 1, c.most))
                .toList());
  }

  /** The choice that stands for an unrolling, among others if {@link #joins}. */
  Choice of(Spatial.Unrolling unrolling) {
    return known.get(unrolling);
  }

  /** Whether a choice may stand for several unrollings. */
  boolean joins() {
    return joins;
  }

  /** Of each level; null where nothing is unrolled. */
  static SharingChoices[] of(MappingCosts problem, Spatial[] spatial, HopCosts hops) {
    SharingChoices[] result = new SharingChoices[problem.levels];
    for (int l = 0; l < problem.levels; l++) {
      if (problem.fanout[l] > 1) {
        result[l] = of(problem, spatial, l, hops);
      }
    }
    return result;
  }

  /** Of one level. */
  static SharingChoices of(MappingCosts problem, Spatial[] spatial, int level, HopCosts hops) {
    DimensionSet inside = Reach.unrolledInside(problem, spatial, level);
    return new SharingChoices(members(problem, level, spatial[level], inside, hops));
  }

  private static Map<Choice, List<Spatial.Unrolling>> members(
      MappingCosts problem,
      int level,
      Spatial spatial,
      DimensionSet unrolledInside,
      HopCosts hops) {
    boolean many = spatial.choices().size() > MANY;
    Map<List<Integer>, Choice> joined = new LinkedHashMap<>();
    Map<List<Integer>, List<Spatial.Unrolling>> unrollings = new HashMap<>();
    for (Spatial.Unrolling unrolling : spatial.choices()) {
      double[] share = new double[problem.tensors];
      double[] pj = hops.leastPjPerWord(level, unrolling);
      List<Integer> key = new ArrayList<>();
      for (int t = 0; t < share.length; t++) {
        share[t] = Reach.sharing(problem, t, unrolling.factor());
        pj[t] /= share[t];
        key.add((int) (Math.log(share[t]) / Math.log(RATIO)));
      }
      double instances = inUse(unrolling, unrolledInside);
      key.add(many ? (int) (Math.log(instances) / Math.log(RATIO)) : joined.size());
      joined.merge(key, new Choice(share, pj, instances, unrolling.product()), Choice::with);
      unrollings.computeIfAbsent(key, k -> new ArrayList<>()).add(unrolling);
    }
    Map<Choice, List<Spatial.Unrolling>> members = new LinkedHashMap<>();
    joined.forEach((key, choice) -> members.put(choice, unrollings.get(key)));
    return members;
  }

  /**
   * Lower bound of the instances in use: the last one of an array inside may have no tile for the
   * last here.
   */
  private static double inUse(Spatial.Unrolling unrolling, DimensionSet unrolledInside) {
    double instances = 1;
    for (int d = 0; d < unrolling.factor().length; d++) {
      int least = unrolling.leastInUse(d);
      boolean mayIdle = least > 1 && unrolledInside.contains(d);
      instances *= mayIdle ? least - 1 : least;
    }
    return instances;
  }

  private static List<Choice> unsurpassed(Collection<Choice> all) {
    List<Choice> best = new ArrayList<>();
    for (Choice choice : all) {
      if (best.stream().noneMatch(other -> other.surpasses(choice))) {
        best.removeIf(choice::surpasses);
        best.add(choice);
      }
    }
    best.sort((a, b) -> Arrays.compare(a.share, b.share));
    return best;
  }
}
