package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.simulate.count.TensorSet;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What fits an instance of a level: one pool of words, or partitions of some tensors each. */
final class Capacity {
  /**
   * Words for some tensors.
   *
   * @param tensors those that share them
   * @param words usable
   * @param bankWords words of a bank of one tensor's; 1 if they share freely
   * @param name for messages
   */
  record Part(TensorSet tensors, long words, long bankWords, String name) {}

  private final List<Part> parts = new ArrayList<>();
  private final int buffering;

  Capacity(MemoryLevel level, Einsum einsum) {
    buffering = level.multipleBuffering();
    if (level.capacityWords() == MemoryLevel.UNBOUNDED) {
      return;
    }
    if (level.partitions().isEmpty()) {
      parts.add(new Part(TensorSet.ALL, level.usableWords(), 1, level.name()));
    }
    for (Partition partition : level.partitions()) {
      TensorSet tensors = TensorSet.NONE;
      for (int t = 0; t < einsum.tensors().size(); t++) {
        tensors =
            partition.operands().contains(einsum.tensors().get(t).role())
                ? tensors.with(t)
                : tensors;
      }
      String name = level.name() + " for " + partition.toString().replaceFirst("^[\\d,]+ ", "");
      long words = partition.words() / buffering;
      parts.add(new Part(tensors, words, partition.bankWords(), name));
    }
  }

  boolean fits(MappingCosts problem, TensorSet kept, int[] extent) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (words(part, problem, kept, extent) > part.words) {
        return false;
      }
    }
    return true;
  }

  /** Words of a tensor that an instance can hold at most; infinite without a limit. */
  double most(int t) {
    double most = Double.POSITIVE_INFINITY;
    for (Part part : parts) {
      most = part.tensors.contains(t) ? Math.min(most, part.words) : most;
    }
    return most;
  }

  private static double words(Part part, MappingCosts problem, TensorSet kept, int[] extent) {
    double words = 0;
    for (int t = 0; t < problem.tensors; t++) {
      if (kept.contains(t) && part.tensors.contains(t)) {
        double tile = problem.tiles.words(t, extent);
        words += part.bankWords == 1 ? tile : Math.ceil(tile / part.bankWords) * part.bankWords;
      }
    }
    return words;
  }

  /** One line for each part that tiles of these extents exceed. */
  List<String> tooFew(MappingCosts problem, TensorSet kept, int[] extent) {
    List<String> lines = new ArrayList<>();
    for (Part part : parts) {
      double words = words(part, problem, kept, extent);
      List<String> tiles = new ArrayList<>();
      for (int t = 0; t < problem.tensors; t++) {
        if (kept.contains(t) && part.tensors.contains(t)) {
          String name = problem.space.einsum.tensors().get(t).name();
          tiles.add(
              String.format(Locale.ROOT, "%,.0f of %s", problem.tiles.words(t, extent), name));
        }
      }
      if (words > part.words) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s must keep at least %,.0f words (%s) but holds %,d: %,.0f too few. Maybe a"
                    + " capacity of %,.0f words, or fewer kept tensors or fixed factors.",
                part.name,
                words,
                String.join(", ", tiles),
                part.words,
                words - part.words,
                words * buffering));
      }
    }
    return lines;
  }
}
