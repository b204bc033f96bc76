package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.Shuffle;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random constraints, each kind now and then; some leave no mapping that fits. */
final class RandomMapConstraints {
  private final RandomGenerator random;

  RandomMapConstraints(RandomGenerator random) {
    this.random = random;
  }

  MapConstraints next(Einsum einsum, Accelerator accelerator) {
    List<MapConstraints.Level> levels = new ArrayList<>();
    for (int l = 0; l < accelerator.levels().size(); l++) {
      MemoryLevel memory = accelerator.levels().get(l);
      boolean spreads = memory.fanoutX() * memory.fanoutY() > 1;
      boolean ordered = spreads && chance(0.4);
      MapConstraints.Loops spatial = spreads ? loops(einsum, ordered) : MapConstraints.Loops.FREE;
      OptionalInt split =
          spreads && chance(0.3)
              ? OptionalInt.of(random.nextInt(einsum.dimensions().size() + 2))
              : OptionalInt.empty();
      Set<String> keeps = new HashSet<>();
      Set<String> bypasses = new HashSet<>();
      for (Tensor tensor : einsum.tensors()) {
        int choice = random.nextInt(8);
        if (choice == 0 && memory.keeps().contains(tensor.role())) {
          keeps.add(tensor.name());
        } else if (choice == 1 && l > 0) {
          bypasses.add(tensor.name());
        }
      }
      levels.add(
          new MapConstraints.Level(loops(einsum, chance(0.4)), spatial, split, keeps, bypasses));
    }
    return new MapConstraints(levels);
  }

  private MapConstraints.Loops loops(Einsum einsum, boolean ordered) {
    Map<String, Integer> factors = new HashMap<>();
    Map<String, Integer> atMost = new HashMap<>();
    List<String> names = new ArrayList<>();
    double fixed = chance(0.3) ? 0.4 : 0.05;
    for (Einsum.Loop loop : einsum.dimensions()) {
      names.add(loop.dimension());
      if (chance(fixed)) {
        // Mostly 1, which leaves room for the other levels.
        int factor = chance(0.6) ? 1 : 1 + random.nextInt(loop.bound());
        factors.put(loop.dimension(), factor);
      } else if (chance(0.1)) {
        atMost.put(loop.dimension(), 1 + random.nextInt(loop.bound()));
      }
    }
    List<String> order =
        ordered
            ? Shuffle.of(names, random).subList(0, 1 + random.nextInt(names.size()))
            : List.of();
    return new MapConstraints.Loops(factors, atMost, order);
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
