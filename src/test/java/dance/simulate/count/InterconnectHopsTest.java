package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Interconnect;
import dance.interchange.ReferenceCases;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterconnectHopsTest {
  static List<ReferenceCases.Case> cases() {
    return ReferenceCases.all();
  }

  /** Without one level, whose network serves the arithmetic, and partial last tiles. */
  static List<ReferenceCases.Case> casesWithHops() {
    return cases().stream()
        .filter(c -> c.accelerator().levels().size() > 1 && !c.name().startsWith("s12"))
        .toList();
  }

  /**
   * The number of hops that Timeloop prints is per word that the outer level sends. Where the
   * next-inner level does not keep the tensor, it divides the hops of the words that the level
   * would get if it did by the words that pass: those rows say nothing about hops. The same holds
   * for partial last tiles and neighbour links.
   */
  @ParameterizedTest
  @MethodSource("casesWithHops")
  @SuppressWarnings("unchecked")
  void averageHopsAreWhatTimeloopPrints(ReferenceCases.Case reference) {
    Einsum einsum = reference.einsum();
    var accelerator = reference.accelerator();
    Mapping mapping = reference.mapping();
    var networks = (List<Map<String, Object>>) reference.stats().get("networks");
    int checked = 0;
    for (int i = 0; i < accelerator.levels().size(); i++) {
      var level = accelerator.levels().get(i);
      boolean last = i + 1 == accelerator.levels().size();
      for (var network : networks) {
        if (!((String) network.get("name")).startsWith(level.name() + " <==> ")) {
          continue;
        }
        var tensors = (Map<String, Map<String, Object>>) network.get("tensors");
        for (Tensor tensor : einsum.tensors()) {
          boolean kept = !last && mapping.levels().get(i + 1).keeps().contains(tensor.name());
          boolean links = reference.name().startsWith("s06") && !tensor.name().equals("Outputs");
          if (!kept || links) {
            continue;
          }
          long[] tiles = InterconnectHops.tiles(tensor, mapping, i);
          List<InterconnectHops> hops =
              InterconnectHops.of(tiles, level.fanoutX(), level.fanoutY());
          var printed = tensors.get(tensor.name());
          assertThat(InterconnectHops.average(hops))
              .as("%s, %s", network.get("name"), tensor.name())
              .isCloseTo(((Number) printed.get("num_hops")).doubleValue(), within(1e-9));
          List<List<Long>> groups = new ArrayList<>();
          for (var row : (List<List<Number>>) printed.get("ingresses_by_multicast_scatter")) {
            groups.add(List.of(row.get(0).longValue(), row.get(1).longValue()));
          }
          assertThat(hops.stream().map(h -> List.of(h.multicast(), h.groups())).toList())
              .containsExactlyInAnyOrderElementsOf(groups);
          checked++;
        }
      }
    }
    assertThat(checked).isPositive();
  }

  @Test
  void wordForAWholeArrayRunsAlongTheMiddleAndBranchesInEveryColumn() {
    // 3 hops along X, and 1.5 up and 1.5 down in each of 4 columns.
    assertThat(InterconnectHops.of(new long[16], 4, 4))
        .containsExactly(new InterconnectHops(16, 1, 15));
  }

  @Test
  void wordForOneInstanceTakesTheDirectWay() {
    long[] tiles = {0, 1, 2, 3};
    // Along X: 0 to 3 hops, 1.5 on average; up or down: 1.5, as only the first row is in use.
    assertThat(InterconnectHops.of(tiles, 4, 4)).containsExactly(new InterconnectHops(1, 4, 3));
  }

  @Test
  void groupsOfDifferentSizeAreKeptApart() {
    long[] tiles = {0, 1, 2, 1, 2, 3};
    assertThat(InterconnectHops.of(tiles, 3, 2))
        .containsExactly(
            new InterconnectHops(1, 2, 1.5), new InterconnectHops(2, 2, (2.0 + 3.0) / 2));
  }

  @Test
  void networkEnergyIsHopsRoutersAndIngress() {
    Interconnect network =
        Interconnect.IDEAL
            .wordBits(8)
            .wirePjPerBitMm(0.1)
            .tileWidthUm(500)
            .routerPj(3)
            .ingressPj(7);
    List<InterconnectHops> hops = List.of(new InterconnectHops(1, 4, 2.5));
    // A hop: 8 bits × 0.1 pJ × 0.5 mm = 0.4 pJ; 2.5 hops pass 3 routers.
    assertThat(InterconnectHops.energyPj(100, hops, network))
        .isCloseTo(100 * (2.5 * 0.4 + 3 * 3 + 7), within(1e-9));
  }

  @Test
  void slidingWindowsOverTheArrayShareDiagonals() {
    Tensor input =
        new Tensor("I", Operand.INPUT, List.of(dance.workload.Axis.of("P").plus("R", 1)));
    Mapping mapping =
        new Mapping(
            List.of(
                new Mapping.Level(
                    List.of(),
                    List.of(new Einsum.Loop("R", 3)),
                    List.of(new Einsum.Loop("P", 4)),
                    java.util.Set.of("I"),
                    java.util.Set.of())));
    assertThat(InterconnectHops.tiles(input, mapping, 0))
        .containsExactly(0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5);
  }
}
