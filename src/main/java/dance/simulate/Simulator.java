package dance.simulate;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.check.Copy;
import dance.check.Rules;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.cost.Parallel;
import dance.cost.Progress;
import dance.cost.Steps;
import dance.simulate.mapper.DesignMapper;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MapSpace;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * The exact cost model: finds the best mapping of every layer in the map space of the accelerator's
 * dataflow ({@link Dataflows}) and sums the costs of the layers. Layers of the same shape are
 * mapped once.
 *
 * <p>With an effort that is not in seconds, as by default, the result depends on the arguments and
 * options only, neither on the machine nor on the number of threads.
 *
 * @param options how to map
 */
public record Simulator(Options options) implements CostModel {
  /** With {@link Options#defaults}. */
  public Simulator() {
    this(Options.defaults());
  }

  /**
   * How to map.
   *
   * @param objective metric minimised when mapping a layer
   * @param accounting how accesses are counted
   * @param effort of the search for one layer
   * @param threads layers mapped at once
   * @param dataflow in place of the accelerator's own, if any
   */
  public record Options(
      Objective objective,
      Accounting accounting,
      Effort effort,
      int threads,
      Optional<Dataflow> dataflow) {

    /**
     * @throws IllegalArgumentException if there is no thread
     */
    public Options {
      new Rules()
          .require(threads >= 1, "threads of the simulator (%d) must be at least 1", threads)
          .check();
    }

    /**
     * Defaults: minimises energy × delay in exact accounting, with an effort that does not depend
     * on the clock.
     */
    public static Options defaults() {
      return new Options(
          Objective.EDP,
          Accounting.EXACT,
          Effort.DEFAULT,
          Runtime.getRuntime().availableProcessors(),
          Optional.empty());
    }

    /** As the defaults, but proves every mapping optimal, without limit of effort. */
    public static Options proven() {
      return defaults().effort(Effort.PROOF);
    }

    /** With another objective. */
    public Options objective(Objective other) {
      return Copy.with(this, "objective", other);
    }

    /** With another accounting. */
    public Options accounting(Accounting other) {
      return Copy.with(this, "accounting", other);
    }

    /** With another effort per layer. */
    public Options effort(Effort other) {
      return Copy.with(this, "effort", other);
    }

    /** Under a dataflow instead of the accelerator's own. */
    public Options dataflow(Dataflow other) {
      return Copy.with(this, "dataflow", Optional.of(other));
    }

    /** The accelerator with the dataflow of these options, if any. */
    public Accelerator under(Accelerator accelerator) {
      return dataflow.map(accelerator::dataflow).orElse(accelerator);
    }

    /** With this number of threads. */
    public Options threads(int count) {
      return Copy.with(this, "threads", count);
    }
  }

  /** A layer without its name. */
  private record Shape(List<Einsum.Loop> loops, List<Tensor> tensors, Einsum.Op operation) {
    static Shape of(Einsum einsum) {
      return new Shape(einsum.dimensions(), einsum.tensors(), einsum.operation());
    }
  }

  @Override
  public Metrics metrics(Network network, Accelerator accelerator) {
    return evaluate(network, accelerator).metrics();
  }

  /**
   * Maps each layer optimally and returns the cost of one inference.
   *
   * @throws IllegalArgumentException if the network has no layers, or if layers have no feasible
   *     mapping; the message lists each with the capacities that are exceeded
   */
  public NetworkEvaluation evaluate(Network network, Accelerator accelerator) {
    return evaluate(network, accelerator, Progress.SILENT);
  }

  /**
   * As {@link #evaluate(Network, Accelerator)}, with progress.
   *
   * @param progress reported by the calling thread for each distinct layer shape that is mapped
   * @throws CancellationException if the calling thread is interrupted
   */
  public NetworkEvaluation evaluate(Network network, Accelerator given, Progress progress) {
    Accelerator accelerator = options.under(given);
    new Rules()
        .require(!network.entries().isEmpty(), "network %s has no layers", network.name())
        .check();
    Map<Shape, MappingResult> results = map(network, accelerator, progress);
    List<LayerEvaluation> layers = new ArrayList<>();
    for (Network.Entry entry : network.entries()) {
      Einsum einsum = entry.layer().einsum();
      MappingResult result = results.get(Shape.of(einsum)).of(einsum);
      layers.add(new LayerEvaluation(entry.layer(), entry.repeats(), result));
    }
    return new NetworkEvaluation(network, accelerator, layers);
  }

  /**
   * {@inheritDoc}
   *
   * <p>If every mapping is proven, accelerators that differ only in the size of the array are
   * mapped together, many times faster than one by one.
   */
  @Override
  public Function<List<Accelerator>, List<Metrics>> ofLayer(Layer layer) {
    if (!mapsTogether()) {
      return CostModel.super.ofLayer(layer);
    }
    DesignMapper mapper =
        new DesignMapper(a -> Dataflows.space(layer.einsum(), a), options.objective);
    return accelerators -> {
      List<DesignMapper.Cost> costs =
          mapper.costs(accelerators.stream().map(options::under).toList());
      List<Metrics> metrics = new ArrayList<>();
      for (int i = 0; i < costs.size(); i++) {
        metrics.add(metrics(layer, accelerators.get(i), costs.get(i)));
      }
      return metrics;
    };
  }

  private boolean mapsTogether() {
    return options.accounting == Accounting.EXACT && options.effort.equals(Effort.PROOF);
  }

  @Override
  public Optional<String> alone(Layer layer, Accelerator accelerator) {
    if (!mapsTogether()) {
      return Optional.of("mappings that are not proven");
    }
    return new DesignMapper(a -> Dataflows.space(layer.einsum(), a), options.objective)
        .alone(options.under(accelerator));
  }

  private static Metrics metrics(Layer layer, Accelerator accelerator, DesignMapper.Cost cost) {
    double latencyMs = cost.cycles() / (accelerator.clockMhz() * 1e3);
    double utilization =
        layer.einsum().points() / ((double) cost.cycles() * accelerator.macUnits());
    return new Metrics(latencyMs, cost.energyPj() / 1e9, accelerator.areaMm2(), utilization);
  }

  @Override
  public String fingerprint() {
    String search =
        options.effort.equals(Effort.PROOF) ? "proven" : "searched with " + options.effort;
    return String.format(
        Locale.ROOT,
        "simulator: mappings of least %s within the dataflow%s, %s; %s counts",
        options.objective.name().toUpperCase(Locale.ROOT),
        options.dataflow.map(d -> " " + d.label()).orElse(""),
        search,
        options.accounting);
  }

  private Map<Shape, MappingResult> map(
      Network network, Accelerator accelerator, Progress progress) {
    Map<Shape, Einsum> shapes = new LinkedHashMap<>();
    network.layers().forEach(l -> shapes.putIfAbsent(Shape.of(l.einsum()), l.einsum()));
    try (Steps steps = new Steps("simulate", "layers", shapes.size(), progress, System::nanoTime)) {
      List<MappingResult> best =
          Parallel.of("simulation of " + network.name(), options.threads)
              .mapOrNameAll(shapes.values(), steps, einsum -> best(einsum, accelerator));
      Map<Shape, MappingResult> results = new LinkedHashMap<>();
      shapes.keySet().forEach(shape -> results.put(shape, best.get(results.size())));
      return results;
    }
  }

  private MappingResult best(Einsum einsum, Accelerator accelerator) {
    MapSpace space = Dataflows.space(einsum, accelerator);
    return Mapper.best(space, options.objective, options.accounting, options.effort);
  }
}
