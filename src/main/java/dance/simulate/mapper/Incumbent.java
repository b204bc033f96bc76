package dance.simulate.mapper;

import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import java.util.List;

/** The best mapping so far, the exact evaluation of candidates, and the effort that is left. */
final class Incumbent implements OrderSearch.Trials {
  /** Optimality is claimed up to this relative difference. */
  static final double TOLERANCE = 1e-9;

  private static final double NEAR_OPTIMUM = 1.02;

  private final MappingCosts problem;
  private final Accounting accounting;
  private final Pricing pricing;
  private final CompiledMapping nest;
  private final double[] noNetworkPj;
  private final OrderSearch orders;
  private final Effort.Meter meter;
  private final boolean mustFind;
  private double phaseFrom;
  private double phaseTo = 1;
  private double best = Double.POSITIVE_INFINITY;
  private CompleteMapping bestMapping;
  private double found;
  private double unproven = Double.POSITIVE_INFINITY;

  /**
   * Without mapping.
   *
   * @param mustFind whether the effort ends a search only once it has found a mapping
   */
  Incumbent(MappingCosts problem, Accounting accounting, Effort.Meter meter, boolean mustFind) {
    this.meter = meter;
    this.mustFind = mustFind;
    this.problem = problem;
    this.accounting = accounting;
    pricing = new Pricing(problem.shape, problem.accelerator);
    nest = new CompiledMapping(problem.dims, problem.levels);
    noNetworkPj = new double[problem.tensors];
    orders = new OrderSearch(problem, accounting, this);
  }

  /** Only values below this can improve. */
  double limit() {
    return best * (1 - TOLERANCE);
  }

  /** Whether any mapping was found: without one there is nothing to return. */
  boolean exists() {
    return best < Double.POSITIVE_INFINITY;
  }

  double best() {
    return best;
  }

  /** Whether the search must end with the current result. */
  boolean isOver() {
    return isOver(1);
  }

  /**
   * Begins a search of the whole space, which keeps the best mapping so far.
   *
   * @param until fraction of the effort at which it ends
   */
  void begin(double until) {
    phaseFrom = meter.fraction();
    phaseTo = until;
    unproven = Double.POSITIVE_INFINITY;
  }

  /** Fraction of the effort of this search that is used. */
  double used() {
    return Math.min(1, (meter.fraction() - phaseFrom) / (phaseTo - phaseFrom));
  }

  /** Whether a part of the search that may use this fraction of its effort must end. */
  boolean isOver(double fraction) {
    double until = phaseFrom + fraction * (phaseTo - phaseFrom);
    return exists() ? meter.isOver(until) : !mustFind && meter.isHopeless();
  }

  /** Effort used so far. */
  Effort.Meter meter() {
    return meter;
  }

  /**
   * Starts with the best mapping of another search, of a map space that is contained in this one.
   */
  void start(Incumbent other) {
    if (other.best < best) {
      best = other.best;
      bestMapping = other.bestMapping;
    }
  }

  /** Lower bound of candidates whose best order was not proven. */
  double unproven() {
    return unproven;
  }

  /**
   * Evaluates a complete mapping under its best order of loops; unless thorough, only the given
   * order of mappings that are not nearly the best.
   *
   * @return the least value that was found
   */
  double offer(PartialMapping leaf, TensorSet[] keeps, boolean thorough) {
    CompleteMapping mapping = leaf.complete(keeps, problem.levels);
    double nearly = best * NEAR_OPTIMUM;
    found = Double.POSITIVE_INFINITY;
    double value = evaluate(mapping);
    boolean open = value > leaf.bound.value() * (1 + TOLERANCE) && (thorough || value < nearly);
    if (open && !orders.rest(mapping, leaf.bound.ofOrders())) {
      unproven = Math.min(unproven, leaf.bound.value());
    }
    return found;
  }

  /**
   * Evaluates a mapping in the given orders, and in others as long as they could be better.
   *
   * @param choices orders to try first: [level][loop], innermost first; at least one
   * @param energyPj energy that no order undercuts
   * @param cycles cycles that no order undercuts
   */
  void offer(CompleteMapping mapping, List<int[][]> choices, double energyPj, double cycles) {
    if (!orders.offer(mapping, choices, new Bound(energyPj, cycles))) {
      unproven = Math.min(unproven, of(energyPj, cycles));
    }
  }

  @Override
  public double evaluate(CompleteMapping mapping) {
    mapping.into(nest);
    pricing.price(nest, accounting);
    meter.look(Effort.EXACT);
    double value = of(pricing.totalPj, pricing.cycles);
    found = Math.min(found, value);
    if (value < best) {
      best = value;
      bestMapping = mapping;
    }
    return value;
  }

  @Override
  public Pricing pricing() {
    return pricing;
  }

  @Override
  public CompiledMapping nest() {
    return nest;
  }

  @Override
  public double[] networkPj() {
    return noNetworkPj;
  }

  private double of(double energyPj, double cycles) {
    return problem.objective.of(energyPj, cycles);
  }

  @Override
  public boolean reaches(double energyPj, Bound least) {
    double bounded = of(least.energyPj(), least.cycles());
    return of(energyPj, pricing.cycles) <= bounded * (1 + ArrayBests.ROUNDING);
  }

  @Override
  public boolean couldWin(Bound least) {
    return of(least.energyPj(), least.cycles()) < limit();
  }

  /** The best mapping, or null if none was found. */
  Mapping mapping() {
    if (bestMapping == null) {
      return null;
    }
    bestMapping.into(nest);
    return nest.mapping(problem.space.einsum);
  }
}
