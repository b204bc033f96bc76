package dance.search;

import dance.space.Genotype;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Serialises the trace for checkpoints. */
final class TraceFile {
  private TraceFile() {}

  static void write(DataOutputStream out, List<Trace.Epoch> epochs) throws IOException {
    out.writeInt(epochs.size());
    for (Trace.Epoch epoch : epochs) {
      out.writeInt(epoch.restart());
      out.writeInt(epoch.step());
      out.writeLong(epoch.evaluations());
      out.writeLong(epoch.costModelCalls());
      out.writeDouble(epoch.seconds());
      out.writeDouble(epoch.entropy());
      out.writeDouble(epoch.trainingLoss());
      out.writeDouble(epoch.accuracyLoss());
      out.writeDouble(epoch.expectedCost());
      out.writeDouble(epoch.loss());
      out.writeInt(epoch.probabilities().size());
      for (double probability : epoch.probabilities()) {
        out.writeDouble(probability);
      }
      out.writeUTF(epoch.genotype().toString());
      out.writeInt(epoch.designIndex());
    }
  }

  static List<Trace.Epoch> read(DataInputStream in) throws IOException {
    List<Trace.Epoch> epochs = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      epochs.add(
          new Trace.Epoch(
              in.readInt(),
              in.readInt(),
              new Trace.Spent(in.readLong(), in.readLong(), in.readDouble()),
              in.readDouble(),
              new Trace.Losses(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
              probabilities(in),
              Genotype.parse(in.readUTF()),
              in.readInt()));
    }
    return epochs;
  }

  private static List<Double> probabilities(DataInputStream in) throws IOException {
    List<Double> values = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      values.add(in.readDouble());
    }
    return values;
  }
}
