package dance.evaluate.neural;

import dance.space.NetworkSpace;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Random relaxed architectures for training, covering those of a search: networks drawn uniformly;
 * networks in which some operations are preferred, so that the smallest and the largest are among
 * them; and probabilities from almost uniform to almost one-hot.
 */
final class RelaxedArchitectures {
  private static final double STRONGEST_PREFERENCE = 3;
  private static final double STRONGEST_CONTRAST = 5;

  private final int operations;
  private final int[][] allowed;

  private final Set<IntBuffer> heldOut;

  /** Of a space, excluding some networks. */
  RelaxedArchitectures(NetworkSpace space, Set<IntBuffer> heldOut) {
    this.heldOut = heldOut;
    operations = space.operations().size();
    allowed = new int[space.blocks()][];
    for (int b = 0; b < allowed.length; b++) {
      int block = b;
      allowed[b] = IntStream.range(0, operations).filter(o -> space.allows(block, o)).toArray();
    }
  }

  /** Length of an encoding. */
  int size() {
    return allowed.length * operations;
  }

  /** A network or, as often, a relaxed architecture: {@code [blocks, operations]}, written. */
  void any(RandomGenerator random, double[] into) {
    if (random.nextBoolean()) {
      network(random, into);
    } else {
      relaxed(random, into);
    }
  }

  /** A relaxed architecture: {@code [blocks, operations]}, written. */
  void relaxed(RandomGenerator random, double[] into) {
    double contrast = STRONGEST_CONTRAST * random.nextDouble();
    double[] preference = preference(random);
    Arrays.fill(into, 0);
    for (int b = 0; b < allowed.length; b++) {
      double sum = 0;
      for (int o : allowed[b]) {
        double weight = Math.exp(contrast * random.nextGaussian() + preference[o]);
        into[b * operations + o] = weight;
        sum += weight;
      }
      for (int o : allowed[b]) {
        into[b * operations + o] /= sum;
      }
    }
  }

  /** A network, one-hot: drawn uniformly or, as often, with preferences. */
  void network(RandomGenerator random, double[] into) {
    int[] choice;
    do {
      choice = choose(random);
    } while (heldOut.contains(IntBuffer.wrap(choice)));
    Arrays.fill(into, 0);
    for (int b = 0; b < choice.length; b++) {
      into[b * operations + choice[b]] = 1;
    }
  }

  private int[] choose(RandomGenerator random) {
    double[] preference = random.nextBoolean() ? preference(random) : new double[operations];
    int[] choice = new int[allowed.length];
    for (int b = 0; b < allowed.length; b++) {
      // the largest logit plus Gumbel noise is drawn with the probabilities of the logits
      double largest = Double.NEGATIVE_INFINITY;
      for (int o : allowed[b]) {
        double value = preference[o] - Math.log(-Math.log(1 - random.nextDouble()));
        if (value > largest) {
          largest = value;
          choice[b] = o;
        }
      }
    }
    return choice;
  }

  private double[] preference(RandomGenerator random) {
    double strength = STRONGEST_PREFERENCE * random.nextDouble();
    double[] preference = new double[operations];
    for (int o = 0; o < operations; o++) {
      preference[o] = strength * random.nextGaussian();
    }
    return preference;
  }
}
