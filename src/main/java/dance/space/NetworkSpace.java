package dance.space;

import dance.check.Rules;
import dance.workload.Layer;
import dance.workload.Network;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A space of networks: a fixed backbone with blocks, and for each block a choice of operations.
 *
 * <p>The layers of a block depend on its own operation only, so that a network is the fixed layers
 * and those of the chosen operations, and its cost the sum of theirs. Operations are numbered over
 * the whole space; an operation that does not fit a block, such as zero where the shape changes, is
 * not {@link #allows allowed} there.
 *
 * <pre>{@code
 * NetworkSpace.of("tiny")
 *     .fixed("stem", BlockShape.of(1, 8, 28).stride(2), new Convolution(3))
 *     .block("b1", BlockShape.of(8, 8, 14), Operation.mbConv(3, 6), Operation.zero())
 *     .fixed("head", Classifier.shape(8, 10, 14), new Classifier(false));
 * }</pre>
 */
public final class NetworkSpace {
  private final String name;
  private final List<Placement> parts;
  private final DoubleFunction<NetworkSpace> recipe;
  private final BlockChoices choices;

  private NetworkSpace(String name, List<Placement> parts, DoubleFunction<NetworkSpace> recipe) {
    new Rules().require(name != null && !name.isBlank(), "a network space needs a name").check();
    this.name = name;
    this.parts = List.copyOf(parts);
    this.recipe = recipe;
    List<Placement> blocks = new ArrayList<>();
    for (Placement part : parts) {
      if (part.block() == blocks.size()) {
        blocks.add(part);
      }
    }
    choices = new BlockChoices(name, blocks);
  }

  /** An empty space, to be continued with {@link #fixed} and {@link #block}. */
  public static NetworkSpace of(String name) {
    return new NetworkSpace(name, List.of(), null);
  }

  /**
   * A space whose channels can be scaled by {@link #width}; {@link #channels} rounds them.
   *
   * @param recipe the space for a width; 1 is the default
   */
  public static NetworkSpace scalable(DoubleFunction<NetworkSpace> recipe) {
    NetworkSpace normal = recipe.apply(1);
    return new NetworkSpace(normal.name, normal.parts, recipe);
  }

  /**
   * For CIFAR-10, 32×32: stem 3×3 with 32 channels, a fixed block to 16, nine searchable blocks in
   * three stages of 24, 40 and 80 channels at 32, 16 and 8 pixels, head 1×1 with 320 channels,
   * average pooling and classifier. Seven operations: kernels 3, 5, 7 × expansions 3, 6, and zero
   * where the shape is unchanged. The operations are ProxylessNAS's; stages, channels and strides
   * are our choice.
   */
  public static NetworkSpace cifar() {
    return MobileSpaces.cifar();
  }

  /**
   * For ImageNet, 224×224: the space of ProxylessNAS (Cai, Zhu and Han, ICLR 2019) as its published
   * search code sets it up: stem 3×3 with 32 channels and stride 2, a fixed block to 16, 21
   * searchable blocks in stages of 4, 4, 4, 4, 4, 1 with 24, 40, 80, 96, 192, 320 channels and
   * strides 2, 2, 2, 1, 2, 1, head 1×1 with 1,280 channels. Operations as in {@link #cifar}. At
   * width 1.35 it holds the published ProxylessNAS-GPU, at 1.12 ProxylessNAS-CPU.
   */
  public static NetworkSpace imageNet() {
    return MobileSpaces.imageNet();
  }

  /**
   * For Fashion-MNIST, 28×28×1: 36 networks, each trained in half a minute. Stem 3×3 with 8
   * channels and stride 2, four searchable blocks with 24, 24, 40, 40 channels, head 1×1 with 96
   * channels, average pooling and classifier. Operations of the first and the third block, with
   * stride 2: kernel 3, without expansion or expanding 6 times; of the others: kernel 3 or 5,
   * expanding 3 times, and zero. Our choice, so that accuracies range over several points.
   */
  public static NetworkSpace mini() {
    return MobileSpaces.mini();
  }

  /** The networks of {@link #mini} for CIFAR-10, 32×32×3. */
  public static NetworkSpace miniCifar() {
    return MobileSpaces.miniCifar();
  }

  /** {@link NasBench201#space} for CIFAR-10: 6 edges × 5 operations, 15,625 networks. */
  public static NetworkSpace nasBench201() {
    return NasBench201.space("nasbench201", 32, 10);
  }

  /** {@link NasBenchMacro} for CIFAR-10: 8 blocks × 3 operations, 6,561 networks. */
  public static NetworkSpace nasBenchMacro() {
    return NasBenchMacro.space();
  }

  /** Names of the spaces; a width multiplier may follow, as in {@code cifar:0.5}. */
  public static List<String> names() {
    return SpaceNames.names();
  }

  /**
   * The bundled space of this name, ignoring case, hyphens and underscores: {@code cifar}, {@code
   * imagenet}, {@code mini}, {@code mini-cifar}, {@code nasbench201}, {@code nasbench-macro}, or
   * with a width as {@code cifar:0.5}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names and the nearest
   */
  public static NetworkSpace byName(String name) {
    return SpaceNames.byName(name);
  }

  /**
   * Channels scaled by a width, rounded to a multiple of 8 as MobileNet does it: to the nearest, at
   * least 8, and the next higher one if rounding took away more than a tenth; at width 1 as they
   * are.
   */
  public static int channels(int normal, double width) {
    double scaled = normal * width;
    int rounded = Math.max(8, (int) (scaled + 4) / 8 * 8);
    return width == 1 ? normal : rounded < 0.9 * scaled ? rounded + 8 : rounded;
  }

  /** This space with one more place, with a fixed operation. */
  public NetworkSpace fixed(String part, BlockShape shape, Operation operation) {
    return with(new Placement(part, Placement.FIXED, shape, 1, List.of(operation)));
  }

  /** This space with one more block and its candidate operations. */
  public NetworkSpace block(String block, BlockShape shape, Operation... operations) {
    return block(block, shape, 1, List.of(operations));
  }

  /**
   * This space with one more block; operations that do not fit its shape are not allowed there.
   *
   * @param repeats number of times in sequence
   */
  public NetworkSpace block(
      String block, BlockShape shape, int repeats, List<? extends Operation> operations) {
    List<Operation> fitting = new ArrayList<>(operations);
    fitting.removeIf(o -> !o.fits(shape));
    long labels = fitting.stream().map(Operation::label).distinct().count();
    new Rules()
        .require(repeats >= 1, "repeats of block %s (%d) must be at least 1", block, repeats)
        .require(!fitting.isEmpty(), "block %s has no operation that fits %s", block, shape)
        .require(labels == fitting.size(), "operations %s of block %s must differ", fitting, block)
        .check();
    return with(new Placement(block, blocks(), shape, repeats, fitting));
  }

  /** This space with one more place that shares the operation of an earlier block. */
  public NetworkSpace again(String block, BlockShape shape, int repeats) {
    Placement first =
        choices.blocks.stream()
            .filter(b -> b.name().equals(block))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("space " + name + " has no block " + block));
    Rules rules =
        new Rules().require(repeats >= 1, "repeats of %s (%d) must be at least 1", block, repeats);
    for (Operation operation : first.operations()) {
      rules.require(
          operation.fits(shape),
          "operation %s of block %s does not fit %s",
          operation.label(),
          block,
          shape);
    }
    rules.check();
    long earlier = parts.stream().filter(p -> p.block() == first.block()).count();
    String part = block + "#" + (earlier + 1);
    return with(new Placement(part, first.block(), shape, repeats, first.operations()));
  }

  private NetworkSpace with(Placement part) {
    new Rules()
        .require(
            parts.stream().noneMatch(p -> p.name().equals(part.name())),
            "space %s has two parts %s",
            name,
            part.name())
        .check();
    List<Placement> longer = new ArrayList<>(parts);
    longer.add(part);
    return new NetworkSpace(name, longer, null);
  }

  /**
   * This space with its channels scaled, rounded by {@link #channels}; image and classes are
   * unchanged.
   *
   * @param width factor on the channels of the default space, not of this one
   * @throws IllegalArgumentException if the width is not positive, or the space was not made by
   *     {@link #scalable}
   */
  public NetworkSpace width(double width) {
    new Rules()
        .require(
            recipe != null,
            "space %s has fixed channels. Maybe make it with NetworkSpace.scalable.",
            name)
        .require(
            width > 0 && Double.isFinite(width), "width (%s) must be positive and finite", width)
        .check();
    NetworkSpace scaled = recipe.apply(width);
    return new NetworkSpace(
        width == 1 ? scaled.name : scaled.name + ":" + width, scaled.parts, recipe);
  }

  /** Name, with the width unless it is 1: {@code cifar:0.5}. */
  public String name() {
    return name;
  }

  /** All places in order of execution, for building a trainable network. */
  public List<Placement> parts() {
    return parts;
  }

  /** Number of blocks. */
  public int blocks() {
    return choices.blocks.size();
  }

  /** Names of the blocks, in order. */
  public List<String> blockNames() {
    return choices.blocks.stream().map(Placement::name).toList();
  }

  /** Labels of all operations, numbered by their position. */
  public List<String> operations() {
    return choices.operations;
  }

  /** Whether the operation of this number can be chosen for this block. */
  public boolean allows(int block, int operation) {
    return choices.position(block, operation) >= 0;
  }

  /** The number of networks. */
  public BigInteger count() {
    return choices.count();
  }

  /** Every genotype, created lazily; the last block changes fastest. */
  public Stream<Genotype> genotypes() {
    BigInteger count = count();
    return Stream.iterate(BigInteger.ZERO, i -> i.compareTo(count) < 0, i -> i.add(BigInteger.ONE))
        .map(this::genotype);
  }

  /** The genotype at this position of {@link #genotypes}. */
  public Genotype genotype(BigInteger index) {
    return choices.genotype(index);
  }

  /** The position of a genotype in {@link #genotypes}. */
  public BigInteger index(Genotype genotype) {
    return choices.index(genotype);
  }

  /** The genotype with these indices of operations, {@code [blocks]}. */
  public Genotype genotype(int... choice) {
    return choices.genotype(choice);
  }

  /**
   * The indices of a genotype's operations: {@code [blocks]}.
   *
   * @throws IllegalArgumentException if the genotype is not of this space
   */
  public int[] choice(Genotype genotype) {
    return choices.choice(genotype);
  }

  /** A genotype drawn uniformly. */
  public Genotype sample(RandomGenerator random) {
    return choices.sample(random);
  }

  /**
   * One-hot encoding of a genotype.
   *
   * @return {@code [blocks, operations]}, flattened: 1 for the chosen operation, otherwise 0
   */
  public double[] encode(Genotype genotype) {
    return choices.encode(genotype);
  }

  /**
   * The most probable genotype: for each block the allowed operation with the largest value, the
   * first of equal ones.
   *
   * @param encoding {@code [blocks, operations]}, flattened: probabilities or any values
   */
  public Genotype decode(double[] encoding) {
    return choices.decode(encoding);
  }

  /**
   * The encoding in which every allowed operation of a block is equally probable.
   *
   * @return {@code [blocks, operations]}, flattened
   */
  public double[] uniform() {
    return choices.uniform();
  }

  /** The layers that every network has, in order. */
  public List<Network.Entry> fixedLayers() {
    List<Network.Entry> layers = new ArrayList<>();
    for (Placement part : parts) {
      if (part.block() == Placement.FIXED) {
        layers.addAll(part.layers(0));
      }
    }
    return layers;
  }

  /** The layers of an operation at a block, at all places of the block; possibly none. */
  public List<Network.Entry> layers(int block, int operation) {
    choices.check(block, operation);
    List<Network.Entry> layers = new ArrayList<>();
    for (Placement part : parts) {
      if (part.block() == block) {
        layers.addAll(part.layers(choices.position(block, operation)));
      }
    }
    return layers;
  }

  /**
   * The network of a genotype: the fixed layers and those of its operations, in order of execution.
   */
  public Network network(Genotype genotype) {
    int[] choice = choice(genotype);
    List<Network.Entry> layers = new ArrayList<>();
    for (Placement part : parts) {
      int block = part.block();
      layers.addAll(
          part.layers(block == Placement.FIXED ? 0 : choices.position(block, choice[block])));
    }
    return new Network(name + ":" + genotype, layers);
  }

  /**
   * Every layer of any network of the space, without duplicates: layers that differ only in name
   * and in parameters without MACs are one. In order of first appearance.
   */
  public List<Layer> distinctLayers() {
    return parts.stream()
        .flatMap(p -> IntStream.range(0, p.operations().size()).mapToObj(p::layers))
        .flatMap(List::stream)
        .map(entry -> form(entry.layer()))
        .distinct()
        .toList();
  }

  /** A layer without name and parameters without MACs, on which its cost does not depend. */
  public static Layer form(Layer layer) {
    return layer.named("layer").extraParameters(0);
  }

  /** One line that identifies blocks, operations and layers. */
  public String fingerprint() {
    return SpaceNames.fingerprint(this);
  }

  /** Name, blocks, operations and number of networks. */
  @Override
  public String toString() {
    return name
        + ": "
        + blocks()
        + " blocks × "
        + operations().size()
        + " operations, "
        + count()
        + " networks";
  }
}
