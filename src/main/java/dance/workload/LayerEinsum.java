package dance.workload;

import dance.workload.Layer.Kind;
import dance.workload.Layer.Shape;
import java.util.ArrayList;
import java.util.List;

/** The loops N G K C P Q R S of a {@link Layer} as an einsum. */
final class LayerEinsum {
  private LayerEinsum() {}

  static Einsum einsum(String name, Kind kind, Shape x) {
    boolean channelwise = kind == Kind.POOLING || kind == Kind.ADDITION;
    List<Einsum.Loop> loops = new ArrayList<>();
    loops.add(new Einsum.Loop("N", x.n()));
    loops.add(new Einsum.Loop("G", x.groups()));
    loops.add(new Einsum.Loop("K", x.k() / x.groups()));
    loops.add(new Einsum.Loop("C", x.c() / x.groups()));
    loops.add(new Einsum.Loop("P", x.p()));
    loops.add(new Einsum.Loop("Q", x.q()));
    loops.add(new Einsum.Loop("R", x.r()));
    loops.add(new Einsum.Loop("S", x.s()));
    Axis rows = Axis.of("P", x.strideP()).plus("R", x.dilationR());
    Axis columns = Axis.of("Q", x.strideQ()).plus("S", x.dilationS());
    Tensor input =
        Tensor.of("Inputs", Operand.INPUT, Axis.of("N"), Axis.of("G"), Axis.of("C"), rows, columns);
    Tensor output =
        Tensor.of(
            "Outputs",
            Operand.OUTPUT,
            Axis.of("N"),
            Axis.of("G"),
            Axis.of("K"),
            Axis.of("P"),
            Axis.of("Q"));
    List<Tensor> tensors = new ArrayList<>();
    if (!channelwise) {
      List<Axis> axes = new ArrayList<>();
      if (kind == Kind.MATRIX_MULTIPLICATION) {
        axes.add(Axis.of("N"));
      }
      for (String dimension : List.of("G", "K", "C", "R", "S")) {
        axes.add(Axis.of(dimension));
      }
      tensors.add(new Tensor("Weights", Operand.WEIGHT, axes));
    }
    tensors.add(input);
    if (kind == Kind.ADDITION) {
      tensors.add(new Tensor("Addends", Operand.INPUT, input.axes()));
    }
    tensors.add(output);
    return new Einsum(
        name, loops, tensors, channelwise ? Einsum.Op.ACCUMULATE : Einsum.Op.MULTIPLY_ACCUMULATE);
  }
}
