package dance.evaluate;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Recovers the genotype of a network. */
final class Genotypes {
  private Genotypes() {}

  /**
   * The genotype of a network; if several operations have the same layers, one of them.
   *
   * @throws IllegalArgumentException if the space has no such network
   */
  static Genotype of(NetworkSpace space, Network network) {
    Set<Network.Entry> entries = new HashSet<>(network.entries());
    int[] choice = new int[space.blocks()];
    for (int b = 0; b < choice.length; b++) {
      int most = -1;
      for (int o = 0; o < space.operations().size(); o++) {
        List<Network.Entry> layers = space.allows(b, o) ? space.layers(b, o) : null;
        // operations without layers match any network: an operation with layers takes precedence
        if (layers != null && layers.size() > most && entries.containsAll(layers)) {
          most = layers.size();
          choice[b] = o;
        }
      }
      if (most < 0) {
        throw foreign(space, network, "no operation of " + space.blockNames().get(b));
      }
    }
    Genotype genotype = space.genotype(choice);
    if (!space.network(genotype).entries().equals(network.entries())) {
      throw foreign(space, network, "other layers than " + genotype);
    }
    return genotype;
  }

  private static IllegalArgumentException foreign(
      NetworkSpace space, Network network, String what) {
    return new IllegalArgumentException(
        "network " + network.name() + " is not of space " + space.name() + ": it has " + what);
  }
}
