package dance.evaluate.neural;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Five linear layers, the middle three with residual connections; the outputs are scaled and
 * shifted by constants: {@code [batch, inputs] → [batch, outputs]}.
 */
final class ResidualPerceptron extends AbstractBlock {
  private static final int LAYERS = 5;

  private final int width;
  private final boolean smooth;
  private final List<Block> layers = new ArrayList<>();
  private final List<Block> norms = new ArrayList<>();
  private final Parameter scale;
  private final Parameter shift;

  /**
   * Without weights: to be initialised or loaded.
   *
   * @param width of a hidden layer
   * @param outputs number of outputs
   * @param smooth whether the activation is x·sigmoid(x) instead of ReLU
   * @param normalized whether hidden layers have batch normalisation
   */
  ResidualPerceptron(int width, int outputs, boolean smooth, boolean normalized) {
    this.width = width;
    this.smooth = smooth;
    scale = addParameter(constant("scale", outputs, Initializer.ONES));
    shift = addParameter(constant("shift", outputs, Initializer.ZEROS));
    for (int i = 0; i < LAYERS; i++) {
      int units = i < LAYERS - 1 ? width : outputs;
      layers.add(addChildBlock("linear" + i, Linear.builder().setUnits(units).build()));
      if (normalized && i < LAYERS - 1) {
        norms.add(addChildBlock("norm" + i, BatchNorm.builder().build()));
      }
    }
  }

  /** Random weights, of variance 2 / (inputs + outputs) of their layer (Glorot and Bengio 2010). */
  void initialize(NDManager manager, int inputs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    setInitializer(
        (m, shape, type) -> {
          double limit = Math.sqrt(6.0 / (shape.get(0) + shape.get(1)));
          float[] values = new float[(int) shape.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (limit * (2 * random.nextDouble() - 1));
          }
          return Torch.array(m, values, shape);
        },
        Parameter.Type.WEIGHT);
    initialize(manager, DataType.FLOAT32, new Shape(1, inputs));
  }

  private static Parameter constant(String name, int size, Initializer value) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optRequiresGrad(false)
        .optShape(new Shape(size))
        .optInitializer(value)
        .build();
  }

  /** Sets the constants of the outputs, each {@code [outputs]}. */
  void outputs(float[] scales, float[] shifts) {
    Torch.set(scale.getArray(), scales);
    Torch.set(shift.getArray(), shifts);
  }

  /** Loads what {@link #saveParameters} wrote; the weights are frozen. */
  void load(NDManager manager, DataInputStream in) throws IOException, MalformedModelException {
    loadParameters(manager, in);
    for (Parameter parameter : getParameters().values()) {
      // DJL leaves them in the memory of the buffer that it read
      Torch.set(parameter.getArray(), parameter.getArray().toFloatArray());
    }
    freezeParameters(true);
  }

  /** {@code [batch, inputs] → [batch, outputs]}; the result belongs to the input's owner. */
  NDArray apply(NDArray inputs, boolean training) {
    ParameterStore store = new ParameterStore(inputs.getManager(), false);
    return forward(store, new NDList(inputs), training).singletonOrThrow();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    for (int i = 0; i < LAYERS; i++) {
      layers.get(i).initialize(manager, type, i == 0 ? inputs[0] : new Shape(1, width));
    }
    norms.forEach(norm -> norm.initialize(manager, type, new Shape(1, width)));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> unused) {
    NDArray x = inputs.singletonOrThrow();
    for (int i = 0; i < LAYERS - 1; i++) {
      NDArray y = layers.get(i).forward(store, new NDList(x), training).singletonOrThrow();
      if (!norms.isEmpty()) {
        y = norms.get(i).forward(store, new NDList(y), training).singletonOrThrow();
      }
      y = smooth ? y.mul(Activation.sigmoid(y)) : Activation.relu(y);
      x = i == 0 ? y : x.add(y);
    }
    NDArray y = layers.get(LAYERS - 1).forward(store, new NDList(x), training).singletonOrThrow();
    return new NDList(y.mul(scale.getArray()).add(shift.getArray()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return layers.get(LAYERS - 1).getOutputShapes(new Shape[] {new Shape(inputs[0].get(0), width)});
  }
}
