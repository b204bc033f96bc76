package dance.workload;

import dance.check.Nearest;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A neural network as an accelerator executes it: layers in order, each with its number of
 * repetitions.
 *
 * @param name as tables show it
 * @param entries the layers, in order of execution
 */
public record Network(String name, List<Entry> entries) {

  /**
   * A layer and how often the network runs it.
   *
   * @param layer the layer
   * @param repeats at least 1
   */
  public record Entry(Layer layer, int repeats) {
    /**
     * @throws IllegalArgumentException if the layer is repeated less than once
     */
    public Entry {
      new Rules()
          .require(
              repeats >= 1, "repeats of layer %s (%d) must be at least 1", layer.name(), repeats)
          .check();
    }

    /** As often, but another layer. */
    Entry with(Layer other) {
      return new Entry(other, repeats);
    }

    @Override
    public String toString() {
      return layer + (repeats == 1 ? "" : ", " + repeats + " times");
    }
  }

  /** Copies the list: the record is immutable. */
  public Network {
    entries = List.copyOf(entries);
  }

  /** A network that runs each layer once. */
  public static Network of(String name, Layer... layers) {
    Network network = new Network(name, List.of());
    for (Layer layer : layers) {
      network = network.then(layer);
    }
    return network;
  }

  /** This network with one more layer. */
  public Network then(Layer layer) {
    return then(layer, 1);
  }

  /** This network with one more layer that runs {@code repeats} times. */
  public Network then(Layer layer, int repeats) {
    List<Entry> longer = new ArrayList<>(entries);
    longer.add(new Entry(layer, repeats));
    return new Network(name, longer);
  }

  /** The distinct layers, in order. */
  public List<Layer> layers() {
    return entries.stream().map(Entry::layer).toList();
  }

  /** This network for a batch of images. */
  public Network batch(int images) {
    return new Network(
        name, entries.stream().map(e -> new Entry(e.layer().batch(images), e.repeats())).toList());
  }

  /**
   * This network with zeros in the inputs of some layers, and as many in the outputs of the layer
   * before each: what a layer reads is what the one before it wrote, in a chain of layers.
   *
   * <pre>{@code
   * network.zeroInputs(Map.of("conv2", 0.387, "conv3", 0.725))
   * }</pre>
   *
   * <p>A pooling before the layer hands them on to its own inputs, although a maximum has fewer
   * zeros than what it is taken of. Where a network is no chain, set each layer: {@link #layer}.
   *
   * @param fractions by name of the layer, 0…1
   * @throws IllegalArgumentException naming the layers that the network does not have
   */
  public Network zeroInputs(Map<String, Double> fractions) {
    checkNames(fractions.keySet());
    List<Entry> changed = new ArrayList<>(entries);
    for (int i = 0; i < changed.size(); i++) {
      Double zeros = fractions.get(changed.get(i).layer().name());
      if (zeros != null) {
        changed.set(i, changed.get(i).with(changed.get(i).layer().zeroInputs(zeros)));
        boolean hands = true;
        for (int before = i - 1; hands && before >= 0; before--) {
          Layer writes = changed.get(before).layer().zeroOutputs(zeros);
          hands = writes.kind() == Layer.Kind.POOLING;
          changed.set(before, changed.get(before).with(hands ? writes.zeroInputs(zeros) : writes));
        }
      }
    }
    return new Network(name, changed);
  }

  /**
   * This network with one layer changed: {@code layer("conv1", l -> l.zeroWeights(0.6))}.
   *
   * @throws IllegalArgumentException if it has no layer of this name
   */
  public Network layer(String layer, UnaryOperator<Layer> change) {
    checkNames(Set.of(layer));
    return new Network(
        name,
        entries.stream()
            .map(e -> e.layer().name().equals(layer) ? e.with(change.apply(e.layer())) : e)
            .toList());
  }

  private void checkNames(Set<String> wanted) {
    List<String> names = layers().stream().map(Layer::name).toList();
    Rules rules = new Rules();
    for (String layer : new TreeSet<>(wanted)) {
      rules.require(
          names.contains(layer),
          "network %s has no layer %s.%s",
          name,
          layer,
          Nearest.maybe(layer, names));
    }
    rules.check();
  }

  /**
   * Multiply-accumulate operations of one inference.
   *
   * @throws IllegalArgumentException if they overflow a long
   */
  public long macs() {
    return sum("MACs", Layer::macs);
  }

  /**
   * Trained parameters; a repeated layer counts each time, because an entry stands for several
   * layers of one shape.
   *
   * @throws IllegalArgumentException if they overflow a long
   */
  public long parameters() {
    return sum("parameters", Layer::parameters);
  }

  private long sum(String what, ToLongFunction<Layer> part) {
    long total = 0;
    for (Entry entry : entries) {
      try {
        long product = Math.multiplyExact(part.applyAsLong(entry.layer()), (long) entry.repeats());
        total = Math.addExact(total, product);
      } catch (ArithmeticException overflow) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "network %s has more than 2^63 %s up to layer %s: too many to count",
                name,
                what,
                entry.layer().name()),
            overflow);
      }
    }
    return total;
  }

  /** {@code AlexNet: 8 layers, 666,000,000 MACs, 61,000,000 parameters}. */
  @Override
  public String toString() {
    int layers = entries.stream().mapToInt(Entry::repeats).sum();
    return String.format(
        Locale.ROOT,
        "%s: %,d %s, %,d MACs, %,d parameters",
        name,
        layers,
        layers == 1 ? "layer" : "layers",
        macs(),
        parameters());
  }
}
