package dance.evaluate.neural;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays of many values lie in PyTorch's memory, never in Java's. */
public class TorchTest {
  /** PyTorch's memory starts at multiples of this many bytes, Java's seldom does. */
  private static final int ALIGNMENT = 64;

  private static final int TIMES = 32;

  /** Whether all of these lie where PyTorch would have put them. */
  public static boolean own(Iterable<NDArray> arrays) {
    for (NDArray array : arrays) {
      if (((PtNDArray) array).toByteBuffer(true).alignmentOffset(0, ALIGNMENT) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Odd sizes, so that the next array of Java's lies elsewhere. */
  private static float[] values(int i) {
    float[] values = new float[1000 + i];
    for (int k = 0; k < values.length; k++) {
      values[k] = k + i;
    }
    return values;
  }

  @Test
  void valuesAreCopied() {
    try (NDManager manager = Torch.manager("cpu")) {
      List<NDArray> own = new ArrayList<>();
      List<NDArray> shared = new ArrayList<>();
      List<NDArray> set = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        float[] values = values(i);
        Shape shape = new Shape(values.length);
        own.add(Torch.array(manager, values, shape));
        shared.add(manager.create(values, shape));
        NDArray changed = manager.zeros(shape);
        changed.setRequiresGradient(i % 2 == 1);
        Torch.set(changed, values);
        assertThat(changed.toFloatArray()).isEqualTo(values);
        assertThat(changed.hasGradient()).isEqualTo(i % 2 == 1);
        assertThat(changed.getManager()).isSameAs(manager);
        set.add(changed);
      }
      assertThat(own(shared)).as("Java's memory is distinguished from PyTorch's").isFalse();
      assertThat(own(own)).isTrue();
      assertThat(own(set)).isTrue();
      assertThat(manager.getManagedArrays()).hasSize(3 * TIMES);
    }
  }

  @Test
  void weightsThatWereReadAreCopied() throws Exception {
    try (NDManager manager = Torch.manager("cpu")) {
      ResidualPerceptron written = new ResidualPerceptron(13, 3, true, true);
      written.initialize(manager, 7, 1);
      written.outputs(new float[] {1, 2, 3}, new float[] {4, 5, 6});
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.saveParameters(new DataOutputStream(bytes));
      ResidualPerceptron read = new ResidualPerceptron(13, 3, true, true);
      read.load(manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      assertThat(own(arrays(written))).isTrue();
      assertThat(own(arrays(read))).isTrue();
      assertThat(arrays(read)).hasSameSizeAs(arrays(written));
      for (int i = 0; i < arrays(read).size(); i++) {
        assertThat(arrays(read).get(i).toFloatArray())
            .isEqualTo(arrays(written).get(i).toFloatArray());
      }
    }
  }

  private static List<NDArray> arrays(ResidualPerceptron network) {
    return network.getParameters().values().stream().map(p -> p.getArray()).toList();
  }
}
