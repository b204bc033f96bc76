package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.mapping.Mapping;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What random map spaces must contain, so that a mapper that passes on them has met it. */
class RandomMapSpacesTest {
  private static final int CASES = 200;

  @Test
  void everyKindOfSpaceIsDrawn() {
    Map<String, Integer> seen = new TreeMap<>();
    for (int seed = 0; seed < CASES; seed++) {
      MapCase space = RandomMapSpaces.of(seed, 5000);
      count(seen, space.einsum().name(), true);
      count(seen, space.goal().name(), true);
      count(seen, space.accounting().name(), true);
      count(seen, space.accelerator().levels().size() + " levels", true);
      int levels = space.accelerator().levels().size();
      count(seen, "constraints", !space.constraints().equals(MapConstraints.free(levels)));
      count(seen, "no constraints", space.constraints().equals(MapConstraints.free(levels)));
      for (MemoryLevel level : space.accelerator().levels()) {
        count(seen, "slow", level.readWordsPerCycle() < Double.POSITIVE_INFINITY);
        count(seen, "shared", level.sharedWordsPerCycle() < Double.POSITIVE_INFINITY);
        count(seen, "dedicated", level.keeps().size() < 3);
        count(seen, "lines", level.lineWords() > 1);
        count(seen, "array", level.fanoutX() > 1 && level.fanoutY() > 1);
      }
      ExhaustiveMapper.Found found = ExhaustiveMapper.best(space);
      long all = new MapEnumeration(space, false).size(Long.MAX_VALUE);
      count(seen, "nothing fits", found.mappings() == 0);
      count(seen, "many do not fit", found.mappings() > 0 && found.mappings() < all / 2);
      count(seen, "best is partial", found.best().filter(m -> isPartial(space, m)).isPresent());
      count(seen, "more than 500 fit", found.mappings() > 500);
    }
    assertThat(seen)
        .containsKeys("add", "batched", "conv", "conv1d", "depthwise", "gemm", "pool")
        .containsKeys("ENERGY", "LATENCY", "EDP", "EXACT", "TIMELOOP")
        .containsKeys("2 levels", "3 levels", "4 levels", "constraints", "no constraints")
        .containsKeys("slow", "shared", "dedicated", "lines", "array")
        .containsKeys("nothing fits", "many do not fit", "best is partial", "more than 500 fit");
    assertThat(seen.values()).as("%s", seen).allMatch(times -> times >= 4);
  }

  @Test
  void aNumberAlwaysDrawsTheSameSpace() {
    assertThat(RandomMapSpaces.of(7, 2000)).isEqualTo(RandomMapSpaces.of(7, 2000));
  }

  private static void count(Map<String, Integer> seen, String what, boolean holds) {
    if (holds) {
      seen.merge(what, 1, Integer::sum);
    }
  }

  private static boolean isPartial(MapCase space, Mapping mapping) {
    return !CompiledMapping.of(mapping, space.einsum(), space.accelerator())
        .isPerfect(new CompiledEinsum(space.einsum()).bounds);
  }
}
