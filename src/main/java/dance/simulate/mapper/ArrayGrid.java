package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arrays of accelerators that differ in array size only. Every combination of their numbers of
 * columns and rows is a place, ordered by columns and then rows, ascending; some may have no
 * accelerator.
 */
final class ArrayGrid {
  /** The level above the array. */
  static final int BUFFER = 1;

  final int[] columns;
  final int[] rows;
  private final Accelerator any;
  private final boolean[] exists;

  ArrayGrid(List<Accelerator> alike) {
    any = alike.get(0);
    columns = alike.stream().mapToInt(a -> buffer(a).fanoutX()).distinct().sorted().toArray();
    rows = alike.stream().mapToInt(a -> buffer(a).fanoutY()).distinct().sorted().toArray();
    exists = new boolean[columns.length * rows.length];
    alike.forEach(a -> exists[place(a)] = true);
  }

  /** The same places, but only some of the accelerators. */
  ArrayGrid only(List<Accelerator> some) {
    return new ArrayGrid(this, some);
  }

  private ArrayGrid(ArrayGrid all, List<Accelerator> some) {
    any = all.any;
    columns = all.columns;
    rows = all.rows;
    exists = new boolean[all.exists.length];
    some.forEach(a -> exists[place(a)] = true);
  }

  /** The largest array with the memories of another accelerator. */
  Accelerator largest(Accelerator other) {
    return other.withLevels(
        List.of(
            other.levels().get(0),
            buffer(other).fanout(columns[columns.length - 1], rows[rows.length - 1]),
            other.levels().get(2)));
  }

  private static MemoryLevel buffer(Accelerator accelerator) {
    return accelerator.levels().get(BUFFER);
  }

  int places() {
    return exists.length;
  }

  boolean exists(int place) {
    return exists[place];
  }

  /** Whether all accelerators of a grid with the same places are there in this one, too. */
  boolean contains(ArrayGrid other) {
    for (int place = 0; place < exists.length; place++) {
      if (other.exists[place] && !exists[place]) {
        return false;
      }
    }
    return true;
  }

  int place(Accelerator accelerator) {
    return place(buffer(accelerator).fanoutX(), buffer(accelerator).fanoutY());
  }

  /** The smallest array with room for these columns and rows; −1 if there is none. */
  int place(int leastColumns, int leastRows) {
    int x = atLeast(columns, leastColumns);
    int y = atLeast(rows, leastRows);
    return x == columns.length || y == rows.length ? -1 : x * rows.length + y;
  }

  private static int atLeast(int[] sorted, int value) {
    int found = Arrays.binarySearch(sorted, value);
    return found < 0 ? -found - 1 : found;
  }

  /** Number of register files of an array. */
  double instances(int place) {
    return (double) columns[place / rows.length] * rows[place % rows.length];
  }

  /** Largest number of register files of any array. */
  double mostInstances() {
    return instances(places() - 1);
  }

  /** The accelerator with the most columns and rows, which may not be one of the given ones. */
  Accelerator largest() {
    return withRows(rows.length - 1);
  }

  /** The accelerator with the most columns, and rows by their position in {@link #rows}. */
  Accelerator withRows(int y) {
    MemoryLevel level = buffer(any).fanout(columns[columns.length - 1], rows[y]);
    return with(any, level, any.overheads());
  }

  /** An accelerator without energy of its interconnect and of clock and control. */
  static Accelerator withoutNetwork(Accelerator accelerator) {
    MemoryLevel level = buffer(accelerator);
    level = level.interconnect(level.interconnect().withoutEnergy());
    return with(accelerator, level, accelerator.overheads().withoutTime());
  }

  private static Accelerator with(Accelerator any, MemoryLevel buffer, Overheads overheads) {
    List<MemoryLevel> levels = new ArrayList<>(any.levels());
    levels.set(BUFFER, buffer);
    return new Accelerator(
        any.name(),
        levels,
        any.mac(),
        any.clockMhz(),
        any.dataflow(),
        any.technology(),
        overheads,
        any.zeros());
  }
}
