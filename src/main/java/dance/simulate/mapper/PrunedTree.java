package dance.simulate.mapper;

import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a {@link ThreeLevelMapper}: for each choice of kept tensors the regions of the
 * array, for a region the inner mappings worth joining, for an inner mapping the joined mappings
 * worth evaluating. Bounds are stored as energy and cycles, so that they hold for an array of any
 * size; the bound of pruned parts holds for the array that was searched and for larger ones.
 */
final class PrunedTree {
  /** Columns and rows. */
  record Extent(int x, int y) {
    boolean holds(Extent other) {
      return other.x <= x && other.y <= y;
    }

    double instances() {
      return (double) x * y;
    }
  }

  /**
   * A pruned part of the search for an array.
   *
   * @param value lower bound of the objective on that array
   * @param cycles lower bound of the cycles
   */
  record PrunedBound(Extent array, double value, double cycles) {}

  /**
   * Pruned parts, search by search; for arrays with the same rows the last, as columns mostly grow.
   */
  static final class PrunedBounds {
    private PrunedBound home;
    private PrunedBound last;
    private PrunedBound[] byRows = {};

    /** Adds the pruned part for the smallest array that it concerns. */
    void home(PrunedBound out) {
      home = out;
    }

    void add(PrunedBound out) {
      int rows = out.array().y();
      byRows = rows < byRows.length ? byRows : Arrays.copyOf(byRows, rows + 1);
      byRows[rows] = out;
      last = out;
    }

    boolean isEmpty() {
      return last == null;
    }

    /** The pruned parts that may hold for an array with this number of rows; some may be null. */
    private PrunedBound ofRows(int rows) {
      return rows < byRows.length ? byRows[rows] : null;
    }

    void clear() {
      home = null;
      last = null;
      byRows = new PrunedBound[0];
    }
  }

  /** The tensors kept by the registers and by the buffer. */
  final class StorageChoice {
    final int registers;
    final int buffer;
    final BufferTiles outside;
    final FittingTiles tiles;
    final long[] bits;
    final List<Region> regions = new ArrayList<>();
    final List<InnerMapping> joined = new ArrayList<>();
    double[] energy;
    double[] cycles;

    StorageChoice(int registers, int buffer, BufferTiles outside, FittingTiles tiles) {
      this.registers = registers;
      this.buffer = buffer;
      this.outside = outside;
      this.tiles = tiles;
      bits = tiles.bits();
    }

    int tensors() {
      return Integer.bitCount(registers) + Integer.bitCount(buffer);
    }

    double bound() {
      return bound.ofKeeps(registers, buffer, outside);
    }

    /** Bounds of the tiles over all unrollings. */
    void boundTiles(double[] mostShared) {
      bound.begin(registers, buffer, outside);
      energy = new double[tiles.tiles().size()];
      cycles = new double[energy.length];
      for (int i = 0; i < energy.length; i++) {
        bound.ofTile(tiles.tiles().get(i), mostShared);
        energy[i] = bound.energy();
        cycles[i] = bound.cycles();
      }
    }
  }

  /** Register tiles unrolled over this number of columns and rows. */
  final class Region {
    final StorageChoice kept;

    /** The array for which it was found: if arrays grow, the smallest with room for it. */
    final Extent home;

    final Extent extent;
    final List<Spatial.Unrolling> unrollings;
    final double energy;
    final double cycles;
    int opened;
    final PrunedBounds leftOut = new PrunedBounds();
    final List<InnerMapping> innerMappings = new ArrayList<>();
    double leastEnergy = Double.POSITIVE_INFINITY;
    double leastCycles = Double.POSITIVE_INFINITY;

    Region(StorageChoice kept, Extent extent, List<Spatial.Unrolling> unrollings) {
      this.kept = kept;
      this.extent = extent;
      home = array;
      this.unrollings = unrollings;
      bound.array(extent.instances());
      kept.bound();
      energy = bound.energy();
      cycles = bound.cycles();
    }
  }

  /** A register tile with its unrolling, with tiles of the buffer of one kind. */
  static final class InnerMapping {
    final Region region;
    final Spatial.Unrolling unrolled;
    final RegisterTiles.Tile tile;
    final int innermost;
    final double energy;
    final double cycles;
    int joined;
    final PrunedBounds leftOut = new PrunedBounds();
    final List<JoinedMapping> joints = new ArrayList<>();

    InnerMapping(
        Region region,
        Spatial.Unrolling unrolled,
        RegisterTiles.Tile tile,
        int innermost,
        double energy,
        double cycles) {
      this.region = region;
      this.unrolled = unrolled;
      this.tile = tile;
      this.innermost = innermost;
      this.energy = energy;
      this.cycles = cycles;
    }

    /** Whether a joined mapping is not among those known. */
    boolean isNew(JoinedMapping joined) {
      return joints.stream().noneMatch(joined::isLike);
    }
  }

  /** An inner mapping with a tile of the buffer. */
  static final class JoinedMapping {
    final InnerMapping inner;
    final BufferTiles.Tile tile;
    final int stationaryTensor;
    final double energy;
    final double cycles;

    /** Lower bound of the words on the interconnect: [tensor]. */
    final double[] passing;

    final PrunedBounds seen = new PrunedBounds();

    JoinedMapping(
        InnerMapping inner,
        BufferTiles.Tile tile,
        int stationaryTensor,
        double energy,
        double cycles,
        double[] passing) {
      this.inner = inner;
      this.tile = tile;
      this.stationaryTensor = stationaryTensor;
      this.energy = energy;
      this.cycles = cycles;
      this.passing = passing;
    }

    private boolean isLike(JoinedMapping other) {
      return stationaryTensor == other.stationaryTensor
          && tile.stationaryTensor() == other.tile.stationaryTensor()
          && Arrays.equals(tile.inner(), other.tile.inner())
          && Arrays.equals(tile.outer(), other.tile.outer());
    }
  }

  private final MappingCosts problem;
  private final JoinBound bound;
  private final boolean again;
  private final List<StorageChoice> choices = new ArrayList<>();
  private int columns;
  private int rows;

  /** Unrollings for which no array so far was large enough. */
  private Map<Extent, List<Spatial.Unrolling>> larger = new LinkedHashMap<>();

  private Extent array;
  private final Map<Extent, Double> limits = new HashMap<>();
  private final Map<Integer, HopCosts> hopsByRows = new HashMap<>();

  /**
   * An empty tree.
   *
   * @param again whether it will serve several arrays
   */
  PrunedTree(MappingCosts problem, JoinBound bound, int[] stationaryTensors, boolean again) {
    this.problem = problem;
    this.bound = bound;
    this.again = again;
    Map<Integer, BufferTiles> outside = new HashMap<>();
    for (int registers : problem.space.levels[2].keepChoices()) {
      FittingTiles tiles =
          new FittingTiles(
              RegisterTiles.of(problem, registers),
              problem.space.spatialRemainders,
              problem.outermost);
      for (int buffer : problem.space.levels[1].keepChoices()) {
        BufferTiles side =
            outside.computeIfAbsent(buffer, b -> new BufferTiles(problem, b, stationaryTensors));
        choices.add(new StorageChoice(registers, buffer, side, tiles));
      }
    }
    // Usually it is best to keep everything, so that this gives a good first incumbent.
    choices.sort(Comparator.comparingInt(k -> -k.tensors()));
  }

  /** The choices of kept tensors, most tensors first. */
  List<StorageChoice> choices() {
    return choices;
  }

  Extent array() {
    return array;
  }

  /** Value below which candidates are relevant on an array that was searched; 0 for any other. */
  double limit(Extent searched) {
    return limits.getOrDefault(searched, 0.0);
  }

  /** Records the value that nothing undercuts on the array that was searched. */
  void noteLimit(double limit) {
    limits.put(array, limit);
  }

  /** Sets the current array. */
  void array(Extent extent) {
    array = extent;
    bound.array(array.instances());
    unroll();
  }

  /** Finds the unrollings over the array, unless those over a larger one are known. */
  private void unroll() {
    if (array.x() > columns || array.y() > rows) {
      // A larger array usually follows a smaller one.
      Extent before = new Extent(columns, rows);
      columns = Math.max(columns, again && columns > 0 ? 2 * array.x() : array.x());
      rows = Math.max(rows, again && rows > 0 ? 2 * array.y() : array.y());
      List<Spatial.Unrolling> all =
          Spatial.of(problem.space, 1, problem.bounds, columns, rows).choices();
      for (Spatial.Unrolling choice : all) {
        Extent extent = new Extent(choice.columns(), choice.rows());
        if (!before.holds(extent)) {
          larger.computeIfAbsent(extent, e -> new ArrayList<>()).add(choice);
        }
      }
      double[] mostShared = bound.mostShared(all.toArray(new Spatial.Unrolling[0]));
      bound.array((double) columns * rows);
      choices.forEach(kept -> kept.boundTiles(mostShared));
      bound.array(array.instances());
    }
    for (Iterator<Extent> extents = larger.keySet().iterator(); extents.hasNext(); ) {
      Extent extent = extents.next();
      if (array.holds(extent)) {
        List<Spatial.Unrolling> unrollings = larger.get(extent);
        choices.forEach(kept -> kept.regions.add(new Region(kept, extent, unrollings)));
        extents.remove();
      }
    }
    bound.array(array.instances());
  }

  /** Lower bound of a pruned part, on the current array. */
  private double on(PrunedBound out) {
    return out == null ? 0 : on(out, 0);
  }

  /** The same with additional energy. */
  private double on(PrunedBound out, double more) {
    if (!array.holds(out.array())) {
      return 0;
    }
    double floor =
        problem.floorPjPerCycle(array.instances())
            - problem.floorPjPerCycle(out.array().instances());
    double energy = floor * out.cycles() + more;
    double growth =
        problem.objective == Criterion.LATENCY ? 0 : problem.objective.of(energy, out.cycles());
    return out.value() + growth;
  }

  /** The greatest of the bounds. */
  double on(PrunedBounds outs) {
    return Math.max(on(outs.ofRows(array.y())), Math.max(on(outs.home), on(outs.last)));
  }

  /**
   * Bound of a joined mapping that includes the longer hops, compared with the array of its
   * evaluation.
   */
  double withHops(JoinedMapping joined) {
    PrunedBound seen = joined.seen.last;
    if (seen == null || seen.array().y() == array.y() || !array.holds(seen.array())) {
      return of(joined);
    }
    InnerMapping inner = joined.inner;
    double[] here = hops(array.y()).pjPerWord(1, inner.unrolled, inner.tile.temporal());
    double[] there = hops(seen.array().y()).pjPerWord(1, inner.unrolled, inner.tile.temporal());
    double more = 0;
    for (int t = 0; here != null && t < here.length; t++) {
      more += joined.passing[t] * (here[t] - there[t]);
    }
    double value = Math.max(of(joined), on(seen, more));
    joined.seen.add(new PrunedBound(array, value, joined.cycles));
    return value;
  }

  private HopCosts hops(int rows) {
    return hopsByRows.computeIfAbsent(rows, r -> new HopCosts(problem, Accounting.EXACT, r));
  }

  /** Lower bound of everything that is not among the inner mappings of a region. */
  double leftOut(Region region) {
    return region.leftOut.isEmpty() ? bound.of(region.energy, region.cycles) : on(region.leftOut);
  }

  /** Lower bound of everything that is not among the joined mappings of an inner mapping. */
  double leftOut(InnerMapping inner) {
    return Math.max(bound.of(inner.energy, inner.cycles), on(inner.leftOut));
  }

  /** Joined mappings found for other arrays that fit this one. */
  List<JoinedMapping> remembered() {
    List<JoinedMapping> joints = new ArrayList<>();
    for (StorageChoice kept : choices) {
      for (InnerMapping inner : kept.joined) {
        if (array.holds(inner.region.extent)) {
          joints.addAll(inner.joints);
        }
      }
    }
    return joints;
  }

  /** Bound of a joined mapping. */
  double of(JoinedMapping joined) {
    double value = bound.of(joined.energy, joined.cycles);
    return joined.seen.isEmpty() ? value : Math.max(value, on(joined.seen));
  }
}
