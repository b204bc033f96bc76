package dance.search.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dance.cost.Progress;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.space.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * Validates networks of a supernet on fixed images, in slices of about the size of a training
 * batch, whose statistics normalise them as in training.
 */
final class Validation {
  private final SharedPaths paths;
  private final NetworkSpace space;
  private final Images images;
  private final DeviceImages onDevice;
  private final int slices;

  Validation(
      SharedPaths paths,
      NetworkSpace space,
      Images images,
      Normalization normalization,
      int batch) {
    this.paths = paths;
    this.space = space;
    this.images = images;
    onDevice = new DeviceImages(images, normalization, Augmentation.NONE, 0, paths.manager());
    slices = (images.size() + batch - 1) / batch;
  }

  /** Number of slices. */
  int slices() {
    return slices;
  }

  /** The first image of a slice; the number of images for the slice after the last. */
  int start(int slice) {
    return (int) ((long) images.size() * slice / slices);
  }

  /** The images of a slice. */
  Batches.Batch slice(int number, NDManager owner) {
    return onDevice.slice(start(number), start(number + 1), owner);
  }

  /** The accuracy of a network on the first slice, 0…1. */
  double firstSlice(Genotype genotype) {
    try (NDManager scratch = paths.manager().newSubManager()) {
      NDArray logits = paths.logits(slice(0, scratch).values(), space.encode(genotype), null);
      return (double) right(logits, 0) / start(1);
    }
  }

  /** The accuracy of a network on all images, 0…1. */
  double accuracy(Genotype genotype) {
    double[] gates = space.encode(genotype);
    long right = 0;
    for (int s = 0; s < slices; s++) {
      try (NDManager scratch = paths.manager().newSubManager()) {
        right += right(paths.logits(slice(s, scratch).values(), gates, null), s);
      }
    }
    return (double) right / images.size();
  }

  /** How many images of a slice are classified correctly. */
  private long right(NDArray logits, int slice) {
    return Training.right(logits.argMax(1).toLongArray(), images, start(slice));
  }

  /**
   * Validates every network, depth first: networks that begin with the same operations share what
   * these compute.
   *
   * @return {@code [slices][networks]}: images that are classified correctly; networks in the order
   *     of {@link NetworkSpace#genotypes}
   */
  int[][] all(Progress progress) {
    int networks = space.count().intValueExact();
    int[][] right = new int[slices][];
    long begun = System.nanoTime();
    for (int s = 0; s < slices; s++) {
      Tree tree = new Tree(s, networks);
      try (NDManager scratch = paths.manager().newSubManager()) {
        tree.visit(0, slice(s, scratch).values());
      }
      right[s] = tree.right;
      progress.at(
          Progress.State.of(
                  "validating", "slices", s + 1, slices, s + 1, (System.nanoTime() - begun) / 1e9)
              .note(
                  String.format(Locale.ROOT, "%d networks on %d images", networks, start(s + 1))));
    }
    return right;
  }

  /** The choices of a space on one slice. */
  private final class Tree {
    private final int slice;
    private final int[] right;
    private final int[] choice = new int[space.blocks()];

    Tree(int slice, int networks) {
      this.slice = slice;
      right = new int[networks];
      Arrays.fill(choice, -1);
    }

    /** Visits all networks that share what is computed before a place. */
    void visit(int place, NDArray x) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("validation was interrupted");
      }
      if (place == paths.places().size()) {
        int network = space.index(space.genotype(choice)).intValueExact();
        right[network] = (int) right(x, slice);
        return;
      }
      SharedPaths.Place here = paths.places().get(place);
      boolean chosen = here.block() == Placement.FIXED || choice[here.block()] >= 0;
      for (int o : operations(here)) {
        if (!chosen) {
          choice[here.block()] = o;
        }
        through(here.paths()[o].stage(), place, x);
      }
      if (!chosen) {
        choice[here.block()] = -1;
      }
    }

    /** The operations of a place; of a block with several places the one that is chosen. */
    private List<Integer> operations(SharedPaths.Place here) {
      if (here.block() == Placement.FIXED) {
        return List.of(0);
      }
      if (choice[here.block()] >= 0) {
        return List.of(choice[here.block()]);
      }
      List<Integer> all = new ArrayList<>();
      for (int o = 0; o < here.paths().length; o++) {
        if (here.paths()[o] != null) {
          all.add(o);
        }
      }
      return all;
    }

    /** Only the output is kept while the networks behind it are visited. */
    private void through(Stage stage, int place, NDArray x) {
      try (NDManager kept = paths.manager().newSubManager()) {
        NDArray y;
        try (NDManager scratch = paths.manager().newSubManager()) {
          scratch.tempAttachAll(x);
          y = stage.apply(x, true);
          if (y != x) {
            y.attach(kept);
          }
        }
        visit(place + 1, y);
      }
    }
  }
}
