package dance.simulate.count;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.List;
import java.util.Set;

/** Compiles one mapping and collects all rules that it violates. */
final class MappingCompiler {
  private final Einsum einsum;
  private final Accelerator accelerator;
  private final CompiledMapping nest;
  private final Rules rules = new Rules();

  MappingCompiler(Einsum einsum, Accelerator accelerator) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    nest = new CompiledMapping(einsum.dimensions().size(), accelerator.levels().size());
  }

  /** {@link CompiledMapping#of}. */
  CompiledMapping compile(Mapping mapping) {
    rules.require(
        mapping.levels().size() == nest.levels,
        "mapping has %d levels but %s has %d",
        mapping.levels().size(),
        accelerator.name(),
        nest.levels);
    List<String> names = accelerator.levels().stream().map(MemoryLevel::name).toList();
    rules.require(
        mapping.names().isEmpty() || mapping.names().equals(names),
        "levels of the mapping (%s) are not those of %s (%s), outermost first",
        String.join(", ", mapping.names()),
        accelerator.name(),
        String.join(", ", names));
    rules.check();
    for (int l = 0; l < nest.levels; l++) {
      Mapping.Level level = mapping.levels().get(l);
      MemoryLevel memory = accelerator.levels().get(l);
      nest.beginLevel(l);
      addLoops(level, memory);
      keep(l, level, memory);
    }
    nest.finish();
    for (int d = 0; d < nest.dimensions; d++) {
      checkCover(d);
    }
    rules.check();
    return nest;
  }

  private void addLoops(Mapping.Level level, MemoryLevel memory) {
    add(level.temporal(), CompiledMapping.TEMPORAL, memory);
    long y = add(level.spatialY(), CompiledMapping.SPATIAL_Y, memory);
    long x = add(level.spatialX(), CompiledMapping.SPATIAL_X, memory);
    rules.require(
        x <= memory.fanoutX() && y <= memory.fanoutY(),
        "spatial loops below %s take %d × %d instances but there are %d × %d",
        memory.name(),
        x,
        y,
        memory.fanoutX(),
        memory.fanoutY());
  }

  private long add(List<Einsum.Loop> loops, byte kind, MemoryLevel memory) {
    long product = 1;
    for (Einsum.Loop loop : loops) {
      int d = dimension(loop.dimension());
      rules.require(
          d >= 0,
          "a loop at %s runs over %s, which is no dimension of %s",
          memory.name(),
          loop.dimension(),
          einsum.name());
      rules.require(
          loop.bound() >= 1,
          "the loop over %s at %s has bound %d: it must be at least 1",
          loop.dimension(),
          memory.name(),
          loop.bound());
      if (d >= 0 && loop.bound() >= 1) {
        nest.add(d, loop.bound(), kind);
        // No fan-out exceeds an int, so larger products need not be distinguished.
        product = Math.min(product * loop.bound(), 1L << Integer.SIZE - 1);
      }
    }
    return product;
  }

  private int dimension(String name) {
    for (int d = 0; d < nest.dimensions; d++) {
      if (einsum.dimensions().get(d).dimension().equals(name)) {
        return d;
      }
    }
    return -1;
  }

  private void keep(int l, Mapping.Level level, MemoryLevel memory) {
    Set<String> keeps = level.keeps();
    for (String name : keeps) {
      rules.require(
          einsum.tensors().stream().anyMatch(t -> t.name().equals(name)),
          "%s keeps %s, no tensor of %s",
          memory.name(),
          name,
          einsum.name());
    }
    for (int t = 0; t < einsum.tensors().size(); t++) {
      Tensor tensor = einsum.tensors().get(t);
      boolean kept = keeps.contains(tensor.name());
      rules.require(
          !kept || memory.keeps().contains(tensor.role()),
          "%s cannot keep %s (%s)",
          memory.name(),
          tensor.name(),
          tensor.role());
      rules.require(l > 0 || kept, "outermost level %s must keep %s", memory.name(), tensor.name());
      nest.keeps[l] = kept ? nest.keeps[l].with(t) : nest.keeps[l];
      nest.unicast[l] =
          level.unicast().contains(tensor.name()) ? nest.unicast[l].with(t) : nest.unicast[l];
    }
  }

  private void checkCover(int d) {
    Einsum.Loop dim = einsum.dimensions().get(d);
    rules.require(
        nest.extent[d] >= dim.bound(),
        "loops over %s make %d iterations but its bound is %d",
        dim.dimension(),
        nest.extent[d],
        dim.bound());
    for (int i = 0; i < nest.size; i++) {
      if (nest.dimension[i] == d) {
        long useful = (dim.bound() + nest.stride[i] - 1) / nest.stride[i];
        rules.require(
            nest.bound[i] <= useful,
            "a loop over %s runs %d times with steps of %d, but %d times cover its bound %d",
            dim.dimension(),
            nest.bound[i],
            nest.stride[i],
            useful,
            dim.bound());
      }
    }
  }
}
