package dance.interchange;

import dance.check.Library;
import dance.space.BlockShape;
import dance.space.Classifier;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.space.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Network spaces as YAML:
 *
 * <pre>
 * space: tiny
 * image: {channels: 3, size: 32}
 * operations: [mb3e3, mb3e6, zero]
 * parts:
 * - {fixed: stem, outputs: 16, operation: conv3x3}
 * - {block: stage1-, outputs: 24, stride: 2, count: 3}
 * - {fixed: classifier, outputs: 10, operation: classifier}
 * </pre>
 *
 * <p>A part takes what the part before it makes: {@code inputs} and {@code size} (one number, or
 * rows and columns) are given where they differ. {@code stride} and {@code repeats} are 1, a
 * classifier's stride is its size. {@code count} makes blocks {@code stage1-1}, {@code stage1-2},
 * …, the first of them with the stride. {@code again: block} is one more place of an earlier block.
 * Channels scale with {@code NAME:WIDTH}, but for those of the image and of classifiers.
 */
public final class NetworkSpaceFile {
  private static final List<String> KEYS =
      List.of(
          "fixed",
          "block",
          "again",
          "inputs",
          "outputs",
          "size",
          "stride",
          "repeats",
          "count",
          "operation",
          "operations");

  /** Channels and pixels of an image or of what a part makes. */
  private record Tensor(int channels, int rows, int columns) {}

  private final YamlNode root;
  private final Tensor image;
  private final List<Operation> usual;

  private NetworkSpaceFile(YamlNode root) {
    this.root = root;
    YamlNode given = root.require("image").orElseGet(root::none);
    given.onlyKeys(List.of("channels", "size"), List.of());
    int[] size = given.require("size").map(NetworkSpaceFile::size).orElse(new int[] {1, 1});
    image =
        new Tensor(
            given.require("channels").map(n -> n.positiveInt(1)).orElse(1), size[0], size[1]);
    usual = root.get("operations").map(NetworkSpaceFile::operations).orElse(List.of());
  }

  /**
   * Reads a space.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static NetworkSpace read(Path file) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(file, problems);
    root.onlyKeys(List.of("space", "image", "operations", "parts"), List.of());
    root.require("parts");
    NetworkSpaceFile reader = new NetworkSpaceFile(root);
    NetworkSpace normal = reader.build(1);
    return problems
        .finish(
            root.file(),
            () -> {
              NetworkSpace scalable =
                  NetworkSpace.scalable(w -> w == 1 ? normal : new NetworkSpaceFile(root).build(w));
              if (scalable.blocks() == 0) {
                throw new IllegalArgumentException("space " + normal.name() + " has no block");
              }
              return scalable;
            })
        .value();
  }

  /** The space of a width; problems are noted. */
  private NetworkSpace build(double width) {
    NetworkSpace space = NetworkSpace.of(root.require("space").map(YamlNode::text).orElse("space"));
    Tensor before = image;
    List<YamlNode> parts = root.get("parts").map(YamlNode::items).orElse(List.of());
    for (YamlNode part : parts) {
      part.onlyKeys(KEYS, List.of());
      long kinds =
          List.of("fixed", "block", "again").stream().filter(k -> part.get(k).isPresent()).count();
      if (!part.isMapping() || kinds != 1) {
        part.problem("a part is one of fixed, block or again, with its name");
        continue;
      }
      int count = part.get("count").map(n -> (int) n.integer(1, 1000, 1)).orElse(1);
      for (int i = 0; i < count; i++) {
        BlockShape shape = shape(part, before, i, width);
        if (shape == null) {
          break;
        }
        space = added(space, part, count == 1 ? "" : "" + (i + 1), shape);
        before = new Tensor(shape.outputs(), shape.outputRows(), shape.outputColumns());
      }
    }
    return space;
  }

  private BlockShape shape(YamlNode part, Tensor before, int repeat, double width) {
    boolean classifies =
        part.get("operation")
            .filter(o -> o.isScalar() && o.text().endsWith("classifier"))
            .isPresent();
    int inputs =
        part.get("inputs")
            .filter(n -> repeat == 0)
            .map(n -> scaled(n, before == image ? 1 : width))
            .orElse(before.channels);
    int outputs =
        part.get("outputs").map(n -> scaled(n, classifies ? 1 : width)).orElse(before.channels);
    int[] size =
        part.get("size")
            .filter(n -> repeat == 0)
            .map(NetworkSpaceFile::size)
            .orElse(new int[] {before.rows, before.columns});
    int stride = part.get("stride").map(n -> n.positiveInt(1)).orElse(classifies ? size[0] : 1);
    return tried(
        part, () -> new BlockShape(inputs, outputs, size[0], size[1], repeat == 0 ? stride : 1));
  }

  private static int scaled(YamlNode channels, double width) {
    return NetworkSpace.channels((int) channels.integer(1, 1 << 20, 1), width);
  }

  private NetworkSpace added(NetworkSpace space, YamlNode part, String number, BlockShape shape) {
    int repeats = part.get("repeats").map(n -> n.positiveInt(1)).orElse(1);
    Optional<YamlNode> fixed = part.get("fixed");
    if (fixed.isPresent()) {
      List<Operation> one = part.require("operation").map(o -> operation(o)).orElse(List.of());
      NetworkSpace longer =
          one.isEmpty() || repeats > 1
              ? null
              : tried(part, () -> space.fixed(fixed.get().text() + number, shape, one.get(0)));
      if (repeats > 1) {
        part.problem("repeats is for blocks. Maybe count was meant");
      }
      return longer == null ? space : longer;
    }
    Optional<YamlNode> again = part.get("again");
    NetworkSpace longer =
        again.isPresent()
            ? tried(part, () -> space.again(again.get().text(), shape, repeats))
            : tried(
                part,
                () ->
                    space.block(
                        part.get("block").get().text() + number,
                        shape,
                        repeats,
                        part.get("operations").map(NetworkSpaceFile::operations).orElse(usual)));
    return longer == null ? space : longer;
  }

  private static <T> T tried(YamlNode part, java.util.function.Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException wrong) {
      wrong.getMessage().lines().forEach(part::problem);
      return null;
    }
  }

  private static int[] size(YamlNode node) {
    if (!node.isList()) {
      int side = node.positiveInt(1);
      return new int[] {side, side};
    }
    int[] sides = node.items().stream().mapToInt(n -> n.positiveInt(1)).toArray();
    if (sides.length != 2) {
      node.problem("one number, or rows and columns were expected");
      return new int[] {1, 1};
    }
    return sides;
  }

  private static List<Operation> operations(YamlNode node) {
    List<Operation> all = new ArrayList<>();
    node.items().forEach(item -> all.addAll(operation(item)));
    return all;
  }

  private static List<Operation> operation(YamlNode word) {
    Operation operation = tried(word, () -> Operation.byName(word.text()));
    return operation == null ? List.of() : List.of(operation);
  }

  /**
   * The text of a file that {@link #read} reads as this space.
   *
   * @throws IllegalArgumentException if it has operations that are not built in
   */
  public static String write(NetworkSpace space) {
    BlockShape first = space.parts().get(0).shape();
    Tensor before = new Tensor(first.inputs(), first.rows(), first.columns());
    List<Operation> usual =
        space.parts().stream()
            .filter(p -> p.block() != Placement.FIXED)
            .map(Placement::operations)
            .max(java.util.Comparator.comparingInt(List::size))
            .orElse(List.of());
    StringBuilder text = new StringBuilder("space: " + quoted(space.name()) + "\n");
    text.append("image: {channels: %d, size: %s}\n".formatted(first.inputs(), size(first)));
    text.append("operations: ").append(words(usual)).append("\nparts:\n");
    int blocks = 0;
    for (Placement part : space.parts()) {
      BlockShape shape = part.shape();
      boolean fixed = part.block() == Placement.FIXED;
      boolean again = !fixed && part.block() < blocks;
      blocks += fixed || again ? 0 : 1;
      String name = again ? space.blockNames().get(part.block()) : part.name();
      List<String> entries = new ArrayList<>();
      entries.add((fixed ? "fixed: " : again ? "again: " : "block: ") + quoted(name));
      if (shape.inputs() != before.channels) {
        entries.add("inputs: " + shape.inputs());
      }
      if (shape.outputs() != before.channels) {
        entries.add("outputs: " + shape.outputs());
      }
      if (shape.rows() != before.rows || shape.columns() != before.columns) {
        entries.add("size: " + size(shape));
      }
      boolean classifies = fixed && part.operations().get(0) instanceof Classifier;
      if (shape.stride() != (classifies ? shape.rows() : 1)) {
        entries.add("stride: " + shape.stride());
      }
      if (part.repeats() != 1) {
        entries.add("repeats: " + part.repeats());
      }
      if (fixed) {
        entries.add("operation: " + Operation.word(part.operations().get(0)));
      } else if (!again
          && !part.operations().equals(usual.stream().filter(o -> o.fits(shape)).toList())) {
        entries.add("operations: " + words(part.operations()));
      }
      text.append("- {").append(String.join(", ", entries)).append("}\n");
      before = new Tensor(shape.outputs(), shape.outputRows(), shape.outputColumns());
    }
    return text.toString();
  }

  private static String size(BlockShape shape) {
    return shape.rows() == shape.columns()
        ? "" + shape.rows()
        : "[" + shape.rows() + ", " + shape.columns() + "]";
  }

  private static String words(List<Operation> operations) {
    return operations.stream().map(Operation::word).collect(Collectors.joining(", ", "[", "]"));
  }

  static String quoted(String word) {
    return word.matches("[A-Za-z][\\w-]*") ? word : "'" + word.replace("'", "''") + "'";
  }
}
