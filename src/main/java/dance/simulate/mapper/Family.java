package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Storage;
import dance.accelerator.StorageCosts;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Accelerators that one {@link FrontSearch} serves: they differ only in the size of the array, the
 * buffer's capacity and costs, and off-chip bandwidth; and no access of a buffer costs less than
 * that of a smaller one.
 */
final class Family {
  /** Maximum number of buffers times bandwidths, to bound memory. */
  private static final int MOST_TOGETHER = 64;

  private static final Comparator<MemoryLevel> BY_SIZE =
      Comparator.<MemoryLevel>comparingLong(level -> level.capacityWords())
          .thenComparingDouble(level -> level.readPj());

  private final List<Accelerator> all;

  /** Off-chip bandwidths, the greatest first. */
  private final double[] wordsPerCycle;

  /** Numbers of the members: [buffer][bandwidth]. */
  private final List<List<List<Integer>>> members;

  private Family(List<Accelerator> all, List<List<Integer>> byBuffer, double[] wordsPerCycle) {
    this.all = all;
    this.wordsPerCycle = wordsPerCycle;
    members = new ArrayList<>();
    for (List<Integer> ofBuffer : byBuffer) {
      Map<Double, List<Integer>> byBandwidth = group(ofBuffer, i -> bandwidth(all.get(i)));
      members.add(
          IntStream.range(0, wordsPerCycle.length)
              .mapToObj(link -> byBandwidth.getOrDefault(wordsPerCycle[link], List.of()))
              .toList());
    }
  }

  /** What distinguishes the buffers of a family. */
  private record Size(long capacityWords, StorageCosts costs) {
    Size(MemoryLevel buffer) {
      this(buffer.capacityWords(), buffer.costs());
    }
  }

  /** The families of accelerators. */
  static List<Family> of(List<Accelerator> all) {
    List<Integer> numbers = IntStream.range(0, all.size()).boxed().toList();
    List<Family> families = new ArrayList<>();
    for (List<Integer> alike : group(numbers, i -> common(all.get(i))).values()) {
      Map<Size, List<Integer>> bySize = group(alike, i -> new Size(buffer(all.get(i))));
      double[] words =
          alike.stream()
              .map(i -> bandwidth(all.get(i)))
              .distinct()
              .sorted(Comparator.reverseOrder())
              .mapToDouble(Double::doubleValue)
              .toArray();
      List<List<Integer>> together = new ArrayList<>();
      MemoryLevel smaller = null;
      List<List<Integer>> ascending = new ArrayList<>(bySize.values());
      ascending.sort(Comparator.comparing(some -> buffer(all.get(some.get(0))), BY_SIZE));
      for (List<Integer> ofSize : ascending) {
        MemoryLevel buffer = buffer(all.get(ofSize.get(0)));
        boolean fits = (together.size() + 1) * words.length <= MOST_TOGETHER;
        if (smaller != null && !(fits && isNowhereCheaper(buffer, smaller))) {
          families.add(new Family(all, together, words));
          together = new ArrayList<>();
        }
        together.add(ofSize);
        smaller = buffer;
      }
      families.add(new Family(all, together, words));
    }
    return families;
  }

  private static <K> Map<K, List<Integer>> group(List<Integer> numbers, IntFunction<K> key) {
    Map<K, List<Integer>> groups = new LinkedHashMap<>();
    numbers.forEach(i -> groups.computeIfAbsent(key.apply(i), k -> new ArrayList<>()).add(i));
    return groups;
  }

  /** What the members of a family have in common. */
  private static Accelerator common(Accelerator accelerator) {
    Accelerator common = accelerator.withoutArrays();
    if (common.levels().size() <= ArrayGrid.BUFFER) {
      return common;
    }
    List<MemoryLevel> levels = new ArrayList<>(common.levels());
    if (bandwidth(common) < Double.POSITIVE_INFINITY) {
      levels.set(0, levels.get(0).sharedBandwidth(1));
    }
    levels.set(ArrayGrid.BUFFER, ofAnySize(levels.get(ArrayGrid.BUFFER)));
    return common.withLevels(levels);
  }

  /** A buffer without what distinguishes those of a family. */
  private static MemoryLevel ofAnySize(MemoryLevel buffer) {
    Storage s = buffer.storage();
    if (!s.partitions().isEmpty() || s.capacityWords() == MemoryLevel.UNBOUNDED) {
      return buffer;
    }
    return new MemoryLevel(
        buffer.name(),
        new Storage(1, s.wordBits(), s.lineWords(), s.multipleBuffering(), s.clusterSize()),
        buffer.bandwidth(),
        buffer.keeps(),
        buffer.fanout(),
        buffer.interconnect(),
        StorageCosts.FREE,
        buffer.source());
  }

  /** Whether neither accesses nor leakage cost less; false if some cost is unknown. */
  private static boolean isNowhereCheaper(MemoryLevel buffer, MemoryLevel other) {
    boolean nowhere = buffer.leakPjPerCycle() >= other.leakPjPerCycle();
    for (Operand operand : Operand.values()) {
      nowhere &= buffer.readPj(operand) >= other.readPj(operand);
      nowhere &= buffer.fillPj(operand) >= other.fillPj(operand);
      nowhere &= buffer.updatePj(operand) >= other.updatePj(operand);
    }
    return nowhere;
  }

  private static MemoryLevel buffer(Accelerator accelerator) {
    List<MemoryLevel> levels = accelerator.levels();
    return levels.get(Math.min(ArrayGrid.BUFFER, levels.size() - 1));
  }

  private static double bandwidth(Accelerator accelerator) {
    return accelerator.levels().get(0).sharedWordsPerCycle();
  }

  /** Number of buffers. */
  int buffers() {
    return members.size();
  }

  /** Off-chip bandwidths, the greatest first. */
  double[] wordsPerCycle() {
    return wordsPerCycle;
  }

  /** Numbers of the members with a buffer and a bandwidth. */
  List<Integer> members(int buffer, int link) {
    return members.get(buffer).get(link);
  }

  /** Numbers of all members. */
  List<Integer> members() {
    return members.stream().flatMap(List::stream).flatMap(List::stream).toList();
  }

  /** Its arrays, of accelerators with the smallest buffer and the greatest bandwidth. */
  ArrayGrid grid() {
    List<Accelerator> arrays = new ArrayList<>(List.of(like(0)));
    members().forEach(i -> arrays.add(all.get(i)));
    return new ArrayGrid(arrays);
  }

  /** Its arrays with a buffer and each bandwidth, at the places of all its arrays. */
  List<ArrayGrid> grids(ArrayGrid places, int buffer) {
    return members.get(buffer).stream()
        .map(some -> places.only(some.stream().map(all::get).toList()))
        .toList();
  }

  /** An accelerator with a buffer and the greatest bandwidth, on some array. */
  Accelerator like(int buffer) {
    Accelerator any =
        all.get(members.get(buffer).stream().flatMap(List::stream).findFirst().orElseThrow());
    if (wordsPerCycle[0] == Double.POSITIVE_INFINITY) {
      return any;
    }
    List<MemoryLevel> levels = new ArrayList<>(any.levels());
    levels.set(0, levels.get(0).sharedBandwidth(wordsPerCycle[0]));
    return any.withLevels(levels);
  }
}
