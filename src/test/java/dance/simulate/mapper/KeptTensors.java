package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.TensorSet;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;

/** All ways to choose which level keeps which tensor. */
final class KeptTensors {
  private final MapCase space;
  private final List<TensorSet[]> choices = new ArrayList<>();

  private KeptTensors(MapCase space) {
    this.space = space;
  }

  /** The choices: the tensors that each level keeps. */
  static List<TensorSet[]> of(MapCase space) {
    KeptTensors search = new KeptTensors(space);
    search.choose(0, TensorSet.none(space.accelerator().levels().size()));
    return search.choices;
  }

  /** The innermost level that keeps anything. */
  static int deepest(TensorSet[] kept) {
    int deepest = kept.length - 1;
    while (kept[deepest].isEmpty()) {
      deepest--;
    }
    return deepest;
  }

  private void choose(int level, TensorSet[] kept) {
    if (level == kept.length) {
      choices.add(kept.clone());
      return;
    }
    for (int bits = 0; bits < 1 << space.einsum().tensors().size(); bits++) {
      kept[level] = new TensorSet(bits);
      if (isAllowed(level, kept[level])) {
        choose(level + 1, kept);
      }
    }
  }

  private boolean isAllowed(int level, TensorSet kept) {
    MemoryLevel memory = space.accelerator().levels().get(level);
    MapConstraints.Level rules = space.constraints().levels().get(level);
    List<Tensor> tensors = space.einsum().tensors();
    for (int t = 0; t < tensors.size(); t++) {
      String name = tensors.get(t).name();
      boolean must = level == 0 || rules.keeps().contains(name);
      boolean may =
          memory.keeps().contains(tensors.get(t).role()) && !rules.bypasses().contains(name);
      if (kept.contains(t) ? !may : must) {
        return false;
      }
    }
    return true;
  }
}
