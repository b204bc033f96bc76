package dance.bench;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.simulate.Simulator;
import dance.workload.Layer;
import dance.workload.Networks;

/**
 * Speed of the mapper on one core.
 *
 * @param mappingsPerSecond evaluations of AlexNet conv3 on the Eyeriss preset
 * @param mobilenetv2Seconds time to map the whole MobileNetV2
 */
public record MappingSpeed(double mappingsPerSecond, double mobilenetv2Seconds) {
  private static final double SECONDS = 2;

  /** Measures both; takes some seconds. */
  public static MappingSpeed measure() {
    Layer conv3 =
        Networks.alexNet().layers().stream()
            .filter(layer -> layer.name().equals("conv3"))
            .findFirst()
            .orElseThrow();
    double perSecond =
        MappingBenchmark.of(conv3.einsum(), Accelerators.eyeriss()).perSecond(SECONDS);
    Simulator oneThread = new Simulator(Simulator.Options.defaults().threads(1));
    Accelerator design = Accelerators.template(14, 12, 16, Dataflow.ROW_STATIONARY);
    oneThread.evaluate(Networks.mobileNetV2(), design);
    long start = System.nanoTime();
    oneThread.evaluate(Networks.mobileNetV2(), design);
    return new MappingSpeed(perSecond, (System.nanoTime() - start) / 1e9);
  }
}
