package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;

/** All ways to choose which level keeps which tensor. */
final class KeptTensors {
  private final MapCase space;
  private final List<int[]> choices = new ArrayList<>();

  private KeptTensors(MapCase space) {
    this.space = space;
  }

  /** The choices: bit t of entry l is set if level l keeps tensor t. */
  static List<int[]> of(MapCase space) {
    KeptTensors search = new KeptTensors(space);
    search.choose(0, new int[space.accelerator().levels().size()]);
    return search.choices;
  }

  /** The innermost level that keeps anything. */
  static int deepest(int[] kept) {
    int deepest = kept.length - 1;
    while (kept[deepest] == 0) {
      deepest--;
    }
    return deepest;
  }

  private void choose(int level, int[] kept) {
    if (level == kept.length) {
      choices.add(kept.clone());
      return;
    }
    for (int mask = 0; mask < 1 << space.einsum().tensors().size(); mask++) {
      if (isAllowed(level, mask)) {
        kept[level] = mask;
        choose(level + 1, kept);
      }
    }
  }

  private boolean isAllowed(int level, int mask) {
    MemoryLevel memory = space.accelerator().levels().get(level);
    MapConstraints.Level rules = space.constraints().levels().get(level);
    List<Tensor> tensors = space.einsum().tensors();
    for (int t = 0; t < tensors.size(); t++) {
      String name = tensors.get(t).name();
      boolean must = level == 0 || rules.keeps().contains(name);
      boolean may =
          memory.keeps().contains(tensors.get(t).role()) && !rules.bypasses().contains(name);
      if ((mask >> t & 1) == 1 ? !may : must) {
        return false;
      }
    }
    return true;
  }
}
