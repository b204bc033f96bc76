package dance.search;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.BitSet;

/** The different networks of a table whose accuracies a search has read. */
final class NetworksRead {
  private final BitSet read = new BitSet();

  /** Notes a network by its index in the table. */
  void add(int network) {
    read.set(network);
  }

  /** Notes all that another has. */
  void addAll(NetworksRead other) {
    read.or(other.read);
  }

  /** How many different ones. */
  long count() {
    return read.cardinality();
  }

  void write(DataOutputStream out) throws IOException {
    byte[] bytes = read.toByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  void read(DataInputStream in) throws IOException {
    read.clear();
    read.or(BitSet.valueOf(in.readNBytes(in.readInt())));
  }
}
