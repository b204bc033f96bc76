package dance.search;

import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Networks and accelerators as one integer vector: for each block, the position of the operation
 * among those that it offers, then the position on each axis of the accelerators.
 */
final class JointSpace {
  private final AcceleratorSpace designs;
  private final int[][] offered;
  private final int[] sizes;

  JointSpace(NetworkSpace networks, AcceleratorSpace designs) {
    this.designs = designs;
    offered = AccuracyTable.offered(networks);
    List<DesignAxis> axes = designs.axes();
    sizes = new int[offered.length + axes.size()];
    for (int b = 0; b < offered.length; b++) {
      sizes[b] = offered[b].length;
    }
    for (int a = 0; a < axes.size(); a++) {
      sizes[offered.length + a] = axes.get(a).values().size();
    }
  }

  /** Length of a vector. */
  int length() {
    return sizes.length;
  }

  /** Number of values at a place of the vector. */
  int size(int place) {
    return sizes[place];
  }

  /** Fills a vector with uniformly distributed values. */
  void sample(SplittableRandom random, int[] vector) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextInt(sizes[i]);
    }
  }

  /** The operations of the network. */
  int[] choice(int[] vector) {
    int[] choice = new int[offered.length];
    for (int b = 0; b < choice.length; b++) {
      choice[b] = offered[b][vector[b]];
    }
    return choice;
  }

  /** The index of the accelerator. */
  int designIndex(int[] vector) {
    int[] positions = new int[sizes.length - offered.length];
    System.arraycopy(vector, offered.length, positions, 0, positions.length);
    return designs.index(positions);
  }
}
