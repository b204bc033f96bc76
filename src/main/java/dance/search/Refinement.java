package dance.search;

import dance.space.NetworkSpace;
import java.util.Arrays;

/**
 * The end of an attempt: moves from a network to the best neighbour, with one operation changed, by
 * the gradient of the accuracy loss at this network, as long as that improves it. This is
 * block-coordinate Frank-Wolfe (Lacoste-Julien, Jaggi, Schmidt and Pletscher, ICML 2013) with steps
 * of full length. One gradient predicts the accuracies of all neighbours, exactly if the loss is
 * linear in the gates of a block, as that of a table is; their costs are looked up.
 */
final class Refinement {
  private final int operations;
  private final int[][] offered;

  Refinement(NetworkSpace space) {
    operations = space.operations().size();
    offered = AccuracyTable.offered(space);
  }

  /** Makes a candidate from a network and its expected accuracy. */
  @FunctionalInterface
  interface CandidateFactory {
    Candidate of(int[] choice, double accuracy);
  }

  /** Writes a network as one-hot vectors. */
  void encode(int[] choice, double[] into) {
    Arrays.fill(into, 0);
    for (int b = 0; b < choice.length; b++) {
      into[b * operations + choice[b]] = 1;
    }
  }

  /**
   * The best neighbour.
   *
   * @param loss of accuracy at the network
   * @param gradient of the loss with respect to the gates
   */
  Candidate best(int[] choice, double loss, double[] gradient, CandidateFactory completion) {
    Candidate best = null;
    for (int b = 0; b < choice.length; b++) {
      for (int o : offered[b]) {
        if (o == choice[b]) {
          continue;
        }
        int[] changed = choice.clone();
        changed[b] = o;
        double change = gradient[b * operations + o] - gradient[b * operations + choice[b]];
        Candidate neighbour = completion.of(changed, 1 - loss - change);
        best = neighbour.better(best) ? neighbour : best;
      }
    }
    return best;
  }
}
