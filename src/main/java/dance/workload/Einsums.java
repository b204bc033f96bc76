package dance.workload;

import dance.check.Copy;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Einsums that a {@link Layer} of two spatial dimensions does not cover. */
public final class Einsums {
  private Einsums() {}

  /**
   * How a kernel moves along one axis.
   *
   * @param output positions of the kernel
   * @param kernel its length
   * @param stride step between positions
   * @param dilation step inside the kernel
   */
  public record Window(int output, int kernel, int stride, int dilation) {
    /**
     * @throws IllegalArgumentException naming each number below 1
     */
    public Window {
      new Rules()
          .require(output >= 1, "output of a window (%d) must be at least 1", output)
          .require(kernel >= 1, "kernel of a window (%d) must be at least 1", kernel)
          .require(stride >= 1, "stride of a window (%d) must be at least 1", stride)
          .require(dilation >= 1, "dilation of a window (%d) must be at least 1", dilation)
          .check();
    }

    /** A window that moves by one. */
    public static Window of(int output, int kernel) {
      return new Window(output, kernel, 1, 1);
    }

    /** With this step between positions. */
    public Window stride(int step) {
      return Copy.with(this, "stride", step);
    }

    /** With this step inside the kernel. */
    public Window dilation(int step) {
      return Copy.with(this, "dilation", step);
    }
  }

  /** {@code Outputs[k,p] += Weights[k,c,r] · Inputs[c, stride·p + dilation·r]}. */
  public static Einsum conv1d(String name, int inputChannels, int outputChannels, Window window) {
    return convolution(name, inputChannels, outputChannels, "P", "R", window);
  }

  /** A convolution over depth, rows and columns: {@code Outputs[k,o,p,q]}, kernel {@code t,r,s}. */
  public static Einsum conv3d(
      String name,
      int inputChannels,
      int outputChannels,
      Window depth,
      Window rows,
      Window columns) {
    return convolution(name, inputChannels, outputChannels, "OPQ", "TRS", depth, rows, columns);
  }

  /** {@code Outputs[m,n] += Inputs[m,k] · Weights[k,n]}, with every size an int of at least 1. */
  public static Einsum gemm(int m, int n, int k) {
    Map<String, Integer> bounds = new LinkedHashMap<>();
    bounds.put("M", m);
    bounds.put("N", n);
    bounds.put("K", k);
    return Einsum.of(
        "gemm",
        bounds,
        Tensor.of("Weights", Operand.WEIGHT, Axis.of("K"), Axis.of("N")),
        Tensor.of("Inputs", Operand.INPUT, Axis.of("M"), Axis.of("K")),
        Tensor.of("Outputs", Operand.OUTPUT, Axis.of("M"), Axis.of("N")));
  }

  private static Einsum convolution(
      String name,
      int inputChannels,
      int outputChannels,
      String outputDimensions,
      String kernelDimensions,
      Window... windows) {
    Map<String, Integer> bounds = new LinkedHashMap<>();
    bounds.put("K", outputChannels);
    bounds.put("C", inputChannels);
    List<Axis> weights = new ArrayList<>(List.of(Axis.of("K"), Axis.of("C")));
    List<Axis> inputs = new ArrayList<>(List.of(Axis.of("C")));
    List<Axis> outputs = new ArrayList<>(List.of(Axis.of("K")));
    for (int i = 0; i < windows.length; i++) {
      String output = outputDimensions.substring(i, i + 1);
      String kernel = kernelDimensions.substring(i, i + 1);
      bounds.put(output, windows[i].output());
      bounds.put(kernel, windows[i].kernel());
      weights.add(Axis.of(kernel));
      inputs.add(Axis.of(output, windows[i].stride()).plus(kernel, windows[i].dilation()));
      outputs.add(Axis.of(output));
    }
    return Einsum.of(
        name,
        bounds,
        new Tensor("Weights", Operand.WEIGHT, weights),
        new Tensor("Inputs", Operand.INPUT, inputs),
        new Tensor("Outputs", Operand.OUTPUT, outputs));
  }
}
