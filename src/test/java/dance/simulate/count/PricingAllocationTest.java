package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dance.accelerator.Accelerators;
import dance.bench.MappingBenchmark;
import dance.interchange.ReferenceCases;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PricingAllocationTest {
  static List<ReferenceCases.Case> perfectCases() {
    return ReferenceCases.own().stream()
        .filter(c -> !c.name().endsWith("imperfect-spatial"))
        .filter(c -> !c.name().endsWith("imperfect-temporal"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("perfectCases")
  @Tag("memory")
  void pricingWithoutPartialTilesAndNetworksAllocatesNothing(ReferenceCases.Case reference) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    Pricing pricing = new Pricing(new CompiledEinsum(reference.einsum()), reference.accelerator());
    CompiledMapping nest =
        CompiledMapping.of(reference.mapping(), reference.einsum(), reference.accelerator());
    for (Accounting accounting : Accounting.values()) {
      pricing.price(nest, accounting);
      threads.getThreadAllocatedBytes(self);
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < 100; i++) {
        pricing.price(nest, accounting);
      }
      assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(100);
    }
  }

  @Test
  @Tag("memory")
  void pricingOnNetworksAllocatesNothingOnceTheWaysToSpreadAreKnown() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    MappingBenchmark mappings =
        MappingBenchmark.of(
            Layer.conv("conv3", 256, 384).kernel(3).output(13).einsum(), Accelerators.eyeriss());
    mappings.round();
    threads.getThreadAllocatedBytes(self);
    long before = threads.getThreadAllocatedBytes(self);
    mappings.round();
    // One iterator over the mappings.
    assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(100);
  }
}
