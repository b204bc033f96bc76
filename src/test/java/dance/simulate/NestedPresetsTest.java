package dance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerators;
import dance.cost.Objective;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers on presets of more than three levels are proven within the default effort. */
class NestedPresetsTest {
  @ParameterizedTest
  @CsvSource({
    "nvdla, AlexNet, conv3",
    "nvdla, AlexNet, conv5",
    "nvdla, AlexNet, fc7",
    "nvdla, BERT-base, block.query",
    "tpu, AlexNet, conv3",
    "tpu, AlexNet, conv5",
    "tpu, AlexNet, pool5",
    "tpu, VGG-16, pool1",
    "simba, AlexNet, conv2",
    "simba, AlexNet, conv5",
    "simba, AlexNet, fc7",
    "simba, BERT-base, block.query",
    "simba, EfficientNet-B0, block3.expand",
    "shidiannao, AlexNet, pool1",
    "shidiannao, EfficientNet-B0, block4.depthwise",
    "shidiannao, AlexNet, fc7",
    "shidiannao, AlexNet, fc8"
  })
  void layersAreProven(String preset, String network, String layer) {
    Einsum einsum =
        Networks.byName(network).layers().stream()
            .filter(l -> l.name().equals(layer))
            .findFirst()
            .orElseThrow()
            .einsum();
    MappingResult result =
        Mapper.best(
            Dataflows.space(einsum, Accelerators.byName(preset)),
            Objective.EDP,
            Accounting.EXACT,
            Effort.DEFAULT);
    assertThat(result.optimal()).isTrue();
    assertThat(result.lowerBound()).isGreaterThanOrEqualTo(result.value() * (1 - 1e-9));
  }
}
