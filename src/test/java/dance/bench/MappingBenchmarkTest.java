package dance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingBenchmarkTest {
  private static final Einsum CONV3 = Layer.conv("conv3", 256, 384).kernel(3).output(13).einsum();
  private static final Accelerator EYERISS = Accelerators.eyeriss();

  @Test
  void theMappingsAreValidAndMostlyDifferentInEveryRespect() {
    List<Mapping> mappings = MappingBenchmark.of(CONV3, EYERISS).mappings(CONV3);
    Analysis analysis = Analysis.of(CONV3, EYERISS);
    List<Evaluation> evaluations =
        mappings.stream().map(m -> analysis.evaluate(m, Accounting.EXACT)).toList();
    assertThat(mappings).doesNotHaveDuplicates();
    assertThat(evaluations.stream().map(Evaluation::cycles).distinct()).hasSizeGreaterThan(100);
    assertThat(evaluations.stream().map(e -> e.counts().utilizedMacs()).distinct())
        .hasSizeGreaterThan(20);
    assertThat(mappings.stream().map(m -> m.levels().get(1).keeps()).distinct()).hasSize(8);
  }

  @Test
  void aRoundEvaluatesEveryMapping() {
    MappingBenchmark benchmark = MappingBenchmark.of(CONV3, EYERISS);
    Analysis analysis = Analysis.of(CONV3, EYERISS);
    double least =
        benchmark.mappings(CONV3).stream()
            .mapToDouble(m -> analysis.evaluate(m, Accounting.EXACT).edp())
            .min()
            .orElseThrow();
    assertThat(benchmark.round()).isEqualTo(least);
    assertThat(benchmark.size()).isEqualTo(512);
    assertThat(benchmark.perSecond(0.05)).isPositive();
  }
}
