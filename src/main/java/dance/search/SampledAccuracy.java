package dance.search;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One minus the accuracy of the sampled network, a single look-up. As the loss is linear in the
 * gates of each block, its derivative with respect to a sampled gate is the loss itself;
 * subtracting the mean of the losses so far leaves the expected gradient unchanged and reduces its
 * variance.
 */
final class SampledAccuracy implements AccuracyModel {
  /** Decay of the running mean; our choice. */
  private static final double DECAY = 0.9;

  private final AccuracyTable table;
  private final int operations;
  private final NetworksRead read = new NetworksRead();
  private double mean = Double.NaN;

  SampledAccuracy(AccuracyTable table) {
    this.table = table;
    operations = table.space().operations().size();
  }

  @Override
  public boolean sampled() {
    return true;
  }

  @Override
  public NetworksRead read() {
    return read;
  }

  /** The operations of one-hot gates, −1 for a block without one. */
  static int[] choice(double[] gates, int operations) {
    int[] choice = new int[gates.length / operations];
    Arrays.fill(choice, -1);
    for (int i = 0; i < gates.length; i++) {
      if (gates[i] == 1) {
        choice[i / operations] = i % operations;
      }
    }
    return choice;
  }

  @Override
  public double loss(double[] gates, double[] gradient) {
    int[] choice = choice(gates, operations);
    int network = table.index(choice);
    read.add(network);
    double loss = 1 - table.get(network);
    Arrays.fill(gradient, 0);
    double above = Double.isNaN(mean) ? 0 : loss - mean;
    for (int b = 0; b < choice.length; b++) {
      gradient[b * operations + choice[b]] = above;
    }
    mean = Double.isNaN(mean) ? loss : DECAY * mean + (1 - DECAY) * loss;
    return loss;
  }

  @Override
  public byte[] state() {
    return ByteBuffer.allocate(Double.BYTES).putDouble(mean).array();
  }

  @Override
  public void restore(byte[] state) {
    mean = ByteBuffer.wrap(state).getDouble();
  }
}
