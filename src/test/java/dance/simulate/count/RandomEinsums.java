package dance.simulate.count;

import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Random einsums with few points: layers of every kind, and affine einsums that no layer has. */
final class RandomEinsums {
  private RandomEinsums() {}

  /** An einsum of at most {@code maxPoints} points; all its bounds are at least 1. */
  static Einsum next(RandomGenerator random, int maxPoints) {
    while (true) {
      Einsum einsum =
          switch (random.nextInt(12)) {
            case 0, 1, 2 -> convolution(random, 1 + random.nextInt(2));
            case 3 -> convolution(random, 4);
            case 4 -> depthwise(random);
            case 5 -> convolution1d(random);
            case 6 -> convolution3d(random);
            case 7 -> matmul(random);
            case 8 -> pooling(random);
            case 9 -> transposed(random);
            default -> affine(random);
          };
      if (einsum.points() <= maxPoints) {
        return einsum;
      }
    }
  }

  private static Einsum convolution(RandomGenerator random, int groups) {
    Layer layer = Layer.conv("conv", groups * size(random, 4), groups * size(random, 4));
    return window(random, layer.groups(groups)).batch(size(random, 2)).einsum();
  }

  private static Einsum depthwise(RandomGenerator random) {
    return window(random, Layer.depthwise("depthwise", size(random, 6))).einsum();
  }

  private static Einsum pooling(RandomGenerator random) {
    if (random.nextBoolean()) {
      return window(random, Layer.pool("pool", size(random, 6))).einsum();
    }
    Layer addition = Layer.add("add", size(random, 6));
    return addition.output(splittable(random, 12), splittable(random, 8)).einsum();
  }

  private static Layer window(RandomGenerator random, Layer layer) {
    return layer
        .kernel(splittable(random, 6), splittable(random, 4))
        .output(splittable(random, 12), splittable(random, 8))
        .stride(size(random, 3), size(random, 3))
        .dilation(size(random, 3), size(random, 3));
  }

  private static Einsum matmul(RandomGenerator random) {
    return Layer.matmul(
            "gemm",
            size(random, 3),
            splittable(random, 16),
            splittable(random, 16),
            splittable(random, 16))
        .einsum();
  }

  private static Einsum convolution1d(RandomGenerator random) {
    Map<String, Integer> bounds = bounds(random, 24, "P", "R", "K");
    return Einsum.of(
        "conv1d",
        bounds,
        Tensor.of("Weights", Operand.WEIGHT, Axis.of("K"), Axis.of("R")),
        Tensor.of("Inputs", Operand.INPUT, slide(random, "P", "R")),
        Tensor.of("Outputs", Operand.OUTPUT, Axis.of("P"), Axis.of("K")));
  }

  private static Einsum convolution3d(RandomGenerator random) {
    Map<String, Integer> bounds = bounds(random, 6, "K", "P", "Q", "T", "R", "S", "U");
    return Einsum.of(
        "conv3d",
        bounds,
        Tensor.of("Weights", Operand.WEIGHT, axes("K", "R", "S", "U")),
        Tensor.of(
            "Inputs",
            Operand.INPUT,
            slide(random, "P", "R"),
            slide(random, "Q", "S"),
            slide(random, "T", "U")),
        Tensor.of("Outputs", Operand.OUTPUT, axes("K", "P", "Q", "T")));
  }

  /** Every input pixel is spread over a window of outputs: the output's axis has two dimensions. */
  private static Einsum transposed(RandomGenerator random) {
    Map<String, Integer> bounds = bounds(random, 9, "P", "Q", "R", "S", "K");
    return Einsum.of(
        "transposed",
        bounds,
        Tensor.of("Weights", Operand.WEIGHT, axes("K", "R", "S")),
        Tensor.of("Inputs", Operand.INPUT, axes("P", "Q")),
        Tensor.of(
            "Outputs",
            Operand.OUTPUT,
            Axis.of("K"),
            slide(random, "P", "R"),
            slide(random, "Q", "S")));
  }

  /** Any tensors over up to five dimensions; a scalar, or a dimension in none, may come out. */
  private static Einsum affine(RandomGenerator random) {
    List<String> names = List.of("A", "B", "C", "D", "E").subList(0, size(random, 5));
    Map<String, Integer> bounds = bounds(random, 12, names.toArray(new String[0]));
    List<Tensor> tensors = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      Operand role = random.nextBoolean() ? Operand.INPUT : Operand.WEIGHT;
      tensors.add(Tensor.of("Read" + i, role, randomAxes(random, names)));
    }
    int at = random.nextInt(tensors.size() + 1);
    tensors.add(at, Tensor.of("Result", Operand.OUTPUT, randomAxes(random, names)));
    return Einsum.of("affine", bounds, tensors.toArray(new Tensor[0]));
  }

  private static Axis[] randomAxes(RandomGenerator random, List<String> names) {
    List<Axis> axes = new ArrayList<>();
    for (String name : Shuffle.of(names, random)) {
      int choice = random.nextInt(10);
      boolean crowded = axes.isEmpty() || axes.get(axes.size() - 1).terms().size() == 3;
      if (choice < 3 || (choice < 7 && crowded)) {
        axes.add(Axis.of(name, random.nextBoolean() ? 1 : size(random, 3)));
      } else if (choice < 7) {
        axes.set(axes.size() - 1, axes.get(axes.size() - 1).plus(name, size(random, 4)));
      }
    }
    return axes.toArray(new Axis[0]);
  }

  private static Axis slide(RandomGenerator random, String output, String kernel) {
    return Axis.of(output, size(random, 3)).plus(kernel, size(random, 3));
  }

  private static Axis[] axes(String... dimensions) {
    return Arrays.stream(dimensions).map(Axis::of).toArray(Axis[]::new);
  }

  private static Map<String, Integer> bounds(RandomGenerator random, int max, String... names) {
    Map<String, Integer> bounds = new LinkedHashMap<>();
    for (String name : names) {
      bounds.put(name, splittable(random, max));
    }
    return bounds;
  }

  private static int size(RandomGenerator random, int max) {
    return 1 + random.nextInt(max);
  }

  /** Up to {@code max}, more often an even number, which can be split over several loops. */
  private static int splittable(RandomGenerator random, int max) {
    int size = size(random, max);
    return size % 2 == 1 && size < max && random.nextBoolean() ? size + 1 : size;
  }
}
