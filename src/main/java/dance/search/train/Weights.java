package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dance.evaluate.neural.Torch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The arrays of a network: trained parameters, and the running means and variances of batch
 * normalisation. Numbered in order of creation.
 */
final class Weights implements AutoCloseable {
  private final NDManager manager;
  private final SplittableRandom random;
  private final List<NDArray> trained = new ArrayList<>();
  private final List<NDArray> statistics = new ArrayList<>();

  /** Without arrays; later ones are initialised randomly by this seed, on this device. */
  Weights(long seed, String device) {
    manager = Torch.manager(device);
    random = new SplittableRandom(seed);
  }

  /**
   * A kernel {@code [outputs, inputs, size, size]}, or a matrix if the size is 0, of variance 2 /
   * fan-in (He et al., ICCV 2015, equation 10).
   */
  NDArray kernel(int outputs, int inputs, int size) {
    Shape shape = size == 0 ? new Shape(outputs, inputs) : new Shape(outputs, inputs, size, size);
    int fanIn = inputs * Math.max(1, size * size);
    double deviation = Math.sqrt((size == 0 ? 1.0 : 2.0) / fanIn);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return trained(Torch.array(manager, values, shape));
  }

  /** A trained vector of one value. */
  NDArray vector(int size, float value) {
    return trained(manager.full(new Shape(size), value));
  }

  private NDArray trained(NDArray array) {
    array.setRequiresGradient(true);
    trained.add(array);
    return array;
  }

  /** A vector that is part of the network but not trained. */
  NDArray statistic(int size, float value) {
    NDArray array = manager.full(new Shape(size), value);
    statistics.add(array);
    return array;
  }

  /** The trained arrays. */
  List<NDArray> trained() {
    return trained;
  }

  /** The arrays that are not trained. */
  List<NDArray> statistics() {
    return statistics;
  }

  /** Number of trained parameters. */
  long count() {
    return trained.stream().mapToLong(NDArray::size).sum();
  }

  /** Owner of the arrays. */
  NDManager manager() {
    return manager;
  }

  /** Bytes that {@link #write} takes. */
  int bytes() {
    return bytes(trained) + bytes(statistics);
  }

  /** Writes all values. */
  void write(ByteBuffer out) {
    write(trained, out);
    write(statistics, out);
  }

  /** Reads what {@link #write} wrote. */
  void read(ByteBuffer in) {
    read(trained, in);
    read(statistics, in);
  }

  static int bytes(List<NDArray> arrays) {
    return Math.toIntExact(4 * arrays.stream().mapToLong(NDArray::size).sum());
  }

  static void write(List<NDArray> arrays, ByteBuffer out) {
    for (NDArray array : arrays) {
      for (float value : array.toFloatArray()) {
        out.putFloat(value);
      }
    }
  }

  static void read(List<NDArray> arrays, ByteBuffer in) {
    for (NDArray array : arrays) {
      float[] values = new float[Math.toIntExact(array.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.getFloat();
      }
      Torch.set(array, values);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
