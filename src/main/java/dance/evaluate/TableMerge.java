package dance.evaluate;

import dance.check.Rules;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts the shards of a table together. */
final class TableMerge {
  private static final int MOST_NAMED = 100;

  private TableMerge() {}

  /**
   * The table of which these are all the shards, each once.
   *
   * @param files the shards
   * @throws IllegalArgumentException naming every shard that is missing, there twice, of another
   *     table or of another number of shards
   */
  static CostTable of(List<Path> files, NetworkSpace networks, AcceleratorSpace designs) {
    Map<Path, TableShard> shards = new LinkedHashMap<>();
    Rules readable = new Rules().require(!files.isEmpty(), "a merge needs the shards of a table");
    for (Path file : files) {
      readable.require(Collections.frequency(files, file) == 1, "%s is given twice", file);
      TableShard shard =
          readable.tried(() -> TableShard.read(file.toString(), TableFile.bytes(file)));
      if (shard != null) {
        shards.put(file, shard);
      }
    }
    readable.check();
    Map.Entry<Path, TableShard> first = shards.entrySet().iterator().next();
    check(shards, first);
    String model = first.getValue().identity().lines().get(TableIdentity.MODEL);
    TableGrid grid = new TableGrid(networks, designs);
    List<String> differences = first.getValue().identity().differences(grid.identity(model));
    Rules rules =
        new Rules()
            .require(
                differences.isEmpty(),
                "%s is a shard of something else:%n%s",
                first.getKey(),
                String.join(System.lineSeparator(), differences));
    rules.check();
    shards.forEach(
        (file, shard) ->
            rules.require(
                put(shard, grid), "%s does not hold the parts that belong to its shard", file));
    rules.check();
    return grid.table(model);
  }

  /** Whether a shard has exactly its parts, which are put into the grid. */
  private static boolean put(TableShard shard, TableGrid grid) {
    int next = 0;
    for (int layer = 0; layer < grid.layers().size(); layer++) {
      for (int part = 0; part < grid.parts(); part++) {
        if (!shard.shard().covers((long) layer * grid.parts() + part)) {
          continue;
        }
        TablePart costs = next < shard.parts().size() ? shard.parts().get(next++) : null;
        if (costs == null
            || !grid.has(costs)
            || costs.layer() != layer
            || costs.first() != grid.first(part)) {
          return false;
        }
        grid.put(costs);
      }
    }
    return next == shard.parts().size();
  }

  private static void check(Map<Path, TableShard> shards, Map.Entry<Path, TableShard> first) {
    Rules rules = new Rules();
    int count = first.getValue().shard().count();
    Map<Integer, Path> found = new TreeMap<>();
    shards.forEach(
        (file, shard) -> {
          List<String> differences = shard.identity().differences(first.getValue().identity());
          rules.require(
              differences.isEmpty(),
              "%s is of another table than %s: %s",
              file,
              first.getKey(),
              String.join("; ", differences));
          rules.require(
              shard.shard().count() == count,
              "%s is shard %s, but %s is one of %d",
              file,
              shard.shard(),
              first.getKey(),
              count);
          Path twin = found.putIfAbsent(shard.shard().number(), file);
          rules.require(
              twin == null, "shard %s is there twice: %s and %s", shard.shard(), twin, file);
        });
    rules.check();
    String missing =
        IntStream.rangeClosed(1, count)
            .filter(number -> !found.containsKey(number))
            .limit(MOST_NAMED)
            .mapToObj(number -> number + "/" + count)
            .collect(Collectors.joining(", "));
    rules.require(
        missing.isEmpty(),
        "%d of %d shards are missing: %s%s. Maybe build them: dance table build --shard …",
        count - found.size(),
        count,
        missing,
        count - found.size() > MOST_NAMED ? ", …" : "");
    rules.check();
  }
}
