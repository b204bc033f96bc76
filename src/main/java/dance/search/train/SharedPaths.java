package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dance.evaluate.neural.Torch;
import dance.space.BlockShape;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.space.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * All operations of all places of a space, each with its own weights. Holds native memory until
 * closed.
 */
final class SharedPaths implements AutoCloseable {

  /** An operation and the range of its weights. */
  record Path(Stage stage, int from, int to) {}

  /** A place and its operations by index; null where one is not allowed. */
  record Place(int block, Path[] paths) {}

  private final NetworkSpace space;
  private final int operations;
  private final Weights weights;
  private final List<Place> places = new ArrayList<>();

  /**
   * With random weights.
   *
   * @throws IllegalArgumentException if the space cannot be trained
   */
  SharedPaths(NetworkSpace space, long seed, String device) {
    TrainableNetwork.checkChain(space);
    this.space = space;
    operations = space.operations().size();
    weights = new Weights(seed, device);
    for (Placement part : space.parts()) {
      for (int i = 0; i < part.repeats(); i++) {
        places.add(place(part));
      }
    }
  }

  private Place place(Placement part) {
    if (part.block() == Placement.FIXED) {
      return new Place(Placement.FIXED, new Path[] {path(part.operations().get(0), part.shape())});
    }
    Path[] paths = new Path[operations];
    for (Operation operation : part.operations()) {
      paths[space.operations().indexOf(operation.label())] = path(operation, part.shape());
    }
    return new Place(part.block(), paths);
  }

  private Path path(Operation operation, BlockShape shape) {
    int from = weights.trained().size();
    Stage stage = Stage.of(operation, shape, weights);
    return new Path(stage, from, weights.trained().size());
  }

  Weights weights() {
    return weights;
  }

  NDManager manager() {
    return weights.manager();
  }

  /** In order of execution. */
  List<Place> places() {
    return places;
  }

  /** The numbers of the weights of a network: those of fixed places and of gates that are not 0. */
  void taken(double[] gates, IntConsumer weight) {
    for (Place place : places) {
      for (int o = 0; o < place.paths.length; o++) {
        if (taken(place, o, gates)) {
          for (int i = place.paths[o].from; i < place.paths[o].to; i++) {
            weight.accept(i);
          }
        }
      }
    }
  }

  private static boolean taken(Place place, int operation, double[] gates) {
    return place.block == Placement.FIXED
        || (place.paths[operation] != null
            && gates[place.block * place.paths.length + operation] != 0);
  }

  /**
   * The logits of a batch, normalised by its own statistics.
   *
   * @param gates {@code [blocks, operations]}
   * @param scalars the gates with gradients; null if none are needed
   */
  NDArray logits(NDArray images, double[] gates, NDArray[] scalars) {
    NDArray x = images;
    for (Place place : places) {
      x =
          place.block == Placement.FIXED
              ? place.paths[0].stage.apply(x, true)
              : mixed(place, x, gates, scalars);
    }
    return x;
  }

  private NDArray mixed(Place place, NDArray x, double[] gates, NDArray[] scalars) {
    NDArray sum = null;
    for (int o = 0; o < operations; o++) {
      int i = place.block * operations + o;
      if (scalars == null ? !taken(place, o, gates) : scalars[i] == null) {
        continue;
      }
      NDArray y = place.paths[o].stage.apply(x, true);
      if (scalars != null) {
        y = y.mul(scalars[i]);
      } else if (gates[i] != 1) {
        y = y.mul(Torch.number(y, gates[i]));
      }
      sum = sum == null ? y : sum.add(y);
    }
    return sum;
  }

  /**
   * The logits of the network of one-hot gates, from which a gradient reaches the gates of every
   * operation: the others are computed on the same inputs and weigh 0, and pass nothing back to
   * their inputs (straight-through, Bengio, Léonard and Courville, 2013).
   *
   * @param scalars the gates with gradients, null where an operation is not allowed
   */
  NDArray straightThrough(NDArray images, double[] gates, NDArray[] scalars) {
    NDArray x = images;
    for (Place place : places) {
      if (place.block == Placement.FIXED) {
        x = place.paths[0].stage.apply(x, true);
        continue;
      }
      NDArray input = x;
      NDArray sum = null;
      for (int o = 0; o < operations; o++) {
        int i = place.block * operations + o;
        if (scalars[i] != null) {
          NDArray from = gates[i] != 0 ? input : input.stopGradient();
          NDArray y = place.paths[o].stage.apply(from, true).mul(scalars[i]);
          sum = sum == null ? y : sum.add(y);
        }
      }
      x = sum;
    }
    return x;
  }

  /** Sets whether weights require gradients. */
  void learning(boolean learns) {
    weights.trained().forEach(w -> w.setRequiresGradient(learns));
  }

  @Override
  public void close() {
    weights.close();
  }
}
