package dance.command;

import dance.interchange.onnx.OnnxOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for the network of a command, and the sizes that it leaves open. */
final class NetworkOptions {
  @Option(
      names = "--network",
      required = true,
      paramLabel = "NAME|FILE",
      description = {
        "A preset, such as mobilenetv2, or a file, recognized by content: ONNX, CSV, or the layers"
            + " of",
        "SCALE-Sim, MAESTRO, ZigZag, AccelForge or Timeloop; or a folder with a file a layer."
      })
  private String network;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Batch size (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--dimension",
      paramLabel = "NAME=N",
      description =
          "A size that a model of ONNX or a template leaves open, such as sequence=128; repeatable.")
  private Map<String, Integer> dimensions = new LinkedHashMap<>();

  @Option(
      names = "--zeros",
      description = "Read the fraction of zeros of each layer's weights from a model of ONNX.")
  private boolean zeros;

  GivenNetwork given() {
    return new GivenNetwork(network, new OnnxOptions(batch, dimensions, zeros));
  }
}
