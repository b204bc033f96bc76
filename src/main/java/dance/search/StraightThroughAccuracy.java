package dance.search;

import java.util.Arrays;

/**
 * One minus the accuracy of a sampled network, with the straight-through gradient (Bengio, Léonard
 * and Courville, 2013): the expected accuracy is linear in the gates of each block, so that its
 * derivatives at a one-hot sample are the accuracies of the networks that differ from it in one
 * block. It reads 1 + Σ (|operations of a block| − 1) networks, and no others.
 */
final class StraightThroughAccuracy implements AccuracyModel {
  private final AccuracyTable table;
  private final int[][] offered;
  private final int operations;
  private final NetworksRead read = new NetworksRead();

  StraightThroughAccuracy(AccuracyTable table) {
    this.table = table;
    offered = AccuracyTable.offered(table.space());
    operations = table.space().operations().size();
  }

  @Override
  public boolean sampled() {
    return true;
  }

  @Override
  public boolean readsNeighbours() {
    return true;
  }

  @Override
  public NetworksRead read() {
    return read;
  }

  @Override
  public double loss(double[] gates, double[] gradient) {
    int[] choice = SampledAccuracy.choice(gates, operations);
    double loss = loss(choice);
    if (gradient != null) {
      Arrays.fill(gradient, 0);
      for (int b = 0; b < choice.length; b++) {
        int own = choice[b];
        for (int o : offered[b]) {
          choice[b] = o;
          // the accuracy of the sample is the same for all gates of a block: no difference to α
          gradient[b * operations + o] = loss(choice) - loss;
        }
        choice[b] = own;
      }
    }
    return loss;
  }

  private double loss(int[] choice) {
    int network = table.index(choice);
    read.add(network);
    return 1 - table.get(network);
  }
}
