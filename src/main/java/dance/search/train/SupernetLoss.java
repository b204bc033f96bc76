package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dance.evaluate.neural.Torch;
import dance.search.AccuracyModel;
import dance.space.NetworkSpace;
import java.nio.ByteBuffer;

/**
 * The error of a network of a trained supernet, expected by its own probabilities: one minus the
 * mean probability of the right class, in the unit of accuracy. Each loss is of the next batch of
 * validation images; the straight-through gradient reaches the gates of all operations.
 */
final class SupernetLoss implements AccuracyModel {
  private final NetworkSpace space;
  private final SharedPaths paths;
  private final NDManager own;
  private final DeviceImages images;
  private final int batch;
  private final int threads;
  private long batches;

  /** With batches of its own. */
  SupernetLoss(
      NetworkSpace space,
      SharedPaths paths,
      Images validation,
      Normalization normalization,
      int batch,
      int threads,
      long seed) {
    this.space = space;
    this.paths = paths;
    this.batch = batch;
    this.threads = threads;
    own = paths.manager().newSubManager();
    images = new DeviceImages(validation, normalization, Augmentation.NONE, seed, own);
  }

  /** Passes of an image in one step: through each operation, and back. */
  static int passes(NetworkSpace space) {
    return space.operations().size() + 1;
  }

  @Override
  public boolean sampled() {
    return true;
  }

  @Override
  public boolean comparable() {
    return false;
  }

  @Override
  public long images() {
    return batches * batch * passes(space);
  }

  @Override
  public double loss(double[] gates, double[] gradient) {
    double[] result = new double[1];
    Torch.threads(threads, () -> result[0] = one(gates, gradient));
    return result[0];
  }

  private double one(double[] gates, double[] gradient) {
    int operations = space.operations().size();
    try (NDManager scratch = own.newSubManager()) {
      Batches.Batch next = images.get(batches++, batch, 0, scratch);
      NDArray[] scalars = new NDArray[gates.length];
      for (int i = 0; i < gates.length; i++) {
        if (space.allows(i / operations, i % operations)) {
          scalars[i] = scratch.create((float) gates[i]);
          scalars[i].setRequiresGradient(true);
        }
      }
      double right =
          -Training.backward(
              () ->
                  paths
                      .straightThrough(next.values(), gates, scalars)
                      .softmax(1)
                      .mul(next.targets())
                      .sum(new int[] {1})
                      .mean()
                      .neg());
      for (int i = 0; i < gates.length; i++) {
        gradient[i] = scalars[i] == null ? 0 : scalars[i].getGradient().getFloat();
      }
      return 1 - right;
    }
  }

  @Override
  public byte[] state() {
    return ByteBuffer.allocate(Long.BYTES).putLong(batches).array();
  }

  @Override
  public void restore(byte[] state) {
    batches = ByteBuffer.wrap(state).getLong();
  }

  @Override
  public void close() {
    own.close();
  }
}
