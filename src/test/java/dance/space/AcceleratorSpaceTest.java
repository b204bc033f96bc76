package dance.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Template;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorSpaceTest {

  static Stream<AcceleratorSpace> spaces() {
    return Stream.of(
        AcceleratorSpace.dance(),
        AcceleratorSpace.wide(),
        AcceleratorSpace.dance().pes(8, 16, 24).rf(16, 64),
        buffers());
  }

  private static AcceleratorSpace buffers() {
    return AcceleratorSpace.of(
        "buffers",
        x ->
            Template.of(14, 12, 16, Dataflow.ROW_STATIONARY)
                .bufferBytes(1024L * x.whole("buffer_kb"))
                .wordBits(x.whole("word_bits"))
                .accelerator(),
        DesignAxis.of("buffer_kb", 54, 108, 216),
        DesignAxis.of("word_bits", 8, 16));
  }

  @Test
  void danceHas4335DesignsEachWithItsOwnName() {
    AcceleratorSpace space = AcceleratorSpace.dance();
    assertThat(space.size()).isEqualTo(17 * 17 * 5 * 3).isEqualTo(4335);
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < space.size(); i++) {
      labels.add(space.label(i));
    }
    assertThat(labels).hasSize(4335);
    assertThat(space.list()).hasSize(4335);
  }

  @Test
  void wideHas741762DesignsWithArraysLast() {
    AcceleratorSpace space = AcceleratorSpace.wide();
    assertThat(space.size()).isEqualTo(3 * 7 * 7 * 6 * 29 * 29).isEqualTo(741_762);
    assertThat(space.label(0)).isEqualTo("template:4x4:rf4:ws:glb16k:lpddr4-2.4");
    assertThat(space.label(741_761)).isEqualTo("template:32x32:rf256:rs:glb512k");
    Set<Accelerator> families = new HashSet<>();
    for (int i = 0; i < 29 * 29; i++) {
      families.add(space.accelerator(i).withoutArrays());
    }
    assertThat(families).hasSize(1);
  }

  @Test
  void namedSpacesAreFoundByName() {
    for (String name : AcceleratorSpace.names()) {
      assertThat(AcceleratorSpace.byName(name.toUpperCase(Locale.ROOT)).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> AcceleratorSpace.byName("wid"))
        .hasMessage("accelerator space wid is not one of dance, wide. Maybe wide was meant.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dance", "wide"})
  void labelsAreTheNamesThatTheCatalogueReads(String name) {
    AcceleratorSpace space = AcceleratorSpace.byName(name);
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      int index = space.sample(random);
      Accelerator design = space.accelerator(index);
      assertThat(design.name()).isEqualTo(space.label(index));
      assertThat(Accelerators.byName(space.label(index))).isEqualTo(design);
      assertThat(space.list().get(index)).isEqualTo(design);
      assertThat(space.indexOf(space.label(index))).isEqualTo(index);
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void whatIsEncodedIsDecoded(AcceleratorSpace space) {
    for (int i = 0; i < space.size(); i++) {
      assertThat(space.decode(space.encode(i))).isEqualTo(i);
      assertThat(space.index(space.positions(i))).isEqualTo(i);
    }
  }

  @Test
  void theLastAxisChangesFastest() {
    AcceleratorSpace space = AcceleratorSpace.dance();
    assertThat(space.label(0)).isEqualTo("template:8x8:rf4:ws");
    assertThat(space.label(1)).isEqualTo("template:8x8:rf4:os");
    assertThat(space.label(3)).isEqualTo("template:8x8:rf8:ws");
    assertThat(space.label(15)).isEqualTo("template:8x9:rf4:ws");
    assertThat(space.label(4334)).isEqualTo("template:24x24:rf64:rs");
    assertThat(space.index(6, 4, 2, 2)).isEqualTo(space.indexOf("template:14x12:rf16:rs"));
  }

  @Test
  void encodingsAreAxisByAxis() {
    AcceleratorSpace space = AcceleratorSpace.dance();
    assertThat(space.encodingSize()).isEqualTo(17 + 17 + 5 + 3);
    assertThat(space.offset(2)).isEqualTo(34);
    double[] encoding = space.encode(space.indexOf("template:14x12:rf16:rs"));
    for (int i = 0; i < encoding.length; i++) {
      boolean chosen = i == 6 || i == 17 + 4 || i == 34 + 2 || i == 39 + 2;
      assertThat(encoding[i]).isEqualTo(chosen ? 1 : 0);
    }
    encoding[34] = 1;
    assertThat(space.label(space.decode(encoding))).isEqualTo("template:14x12:rf4:rs");
  }

  @Test
  void partsOfASpaceKeepItsOrderAndDesigns() {
    AcceleratorSpace all = AcceleratorSpace.dance();
    AcceleratorSpace part = all.pes(24, 8, 16).rf(64, 16).dataflows(Dataflow.ROW_STATIONARY);
    assertThat(part.size()).isEqualTo(3 * 3 * 2);
    int before = -1;
    for (int i = 0; i < part.size(); i++) {
      int index = all.indexOf(part.label(i));
      assertThat(index).isGreaterThan(before);
      before = index;
    }
    assertThat(part.fingerprint())
        .isEqualTo("dance: pe_x=8,16,24;pe_y=8,16,24;rf=16,64;dataflow=rs");
    assertThat(all.keep("pe_x", 8).size()).isEqualTo(4335 / 17);
  }

  @Test
  void anyParameterCanBeAnAxis() {
    AcceleratorSpace space = buffers();
    assertThat(space.size()).isEqualTo(6);
    assertThat(space.label(2)).isEqualTo("buffers:buffer_kb=108:word_bits=8");
    Accelerator design = space.accelerator(2);
    assertThat(design)
        .isEqualTo(
            Template.of(14, 12, 16, Dataflow.ROW_STATIONARY)
                .bufferBytes(108 * 1024)
                .wordBits(8)
                .accelerator()
                .named("buffers:buffer_kb=108:word_bits=8"));
    assertThat(space.list()).extracting(Accelerator::areaMm2).doesNotHaveDuplicates();
  }

  @Test
  void oneSeedGivesOneSampleAndAllAreReached() {
    AcceleratorSpace space = buffers();
    Random random = new Random(1);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seen.add(space.sample(random));
    }
    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    assertThat(AcceleratorSpace.dance().sample(new Random(8)))
        .isEqualTo(AcceleratorSpace.dance().sample(new Random(8)));
  }

  @Test
  void fingerprintsDifferWhereValuesDiffer() {
    assertThat(spaces().map(AcceleratorSpace::fingerprint).distinct()).hasSize(4);
    assertThat(AcceleratorSpace.dance().fingerprint())
        .isEqualTo(AcceleratorSpace.dance().fingerprint());
  }

  @Test
  void whatIsNotInTheSpaceIsRefused() {
    AcceleratorSpace space = AcceleratorSpace.dance();
    assertThatThrownBy(() -> space.pes(8, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value 7 is not on axis pe_x");
    assertThatThrownBy(() -> space.keep("pex", 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe pe_x was meant.");
    assertThatThrownBy(() -> space.rf())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one value");
    assertThatThrownBy(() -> space.indexOf("template:7x7:rf4:rs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no design template:7x7:rf4:rs");
    assertThatThrownBy(() -> space.accelerator(4335))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to 4334");
    assertThatThrownBy(() -> space.decode(new double[41]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have 42");
    assertThatThrownBy(() -> space.index(17, 0, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("axis pe_x")
        .hasMessageContaining("axis dataflow");
  }

  @Test
  void axesMustDifferAndSoMustTheirValues() {
    assertThatThrownBy(() -> DesignAxis.of("a", 1, 1)).hasMessageContaining("must differ");
    assertThatThrownBy(() -> DesignAxis.of("a b", 1)).hasMessageContaining("must be a word");
    DesignAxis axis = DesignAxis.of("a", 1, 2);
    assertThatThrownBy(() -> AcceleratorSpace.of("x", v -> Accelerators.eyeriss(), axis, axis))
        .hasMessageContaining("different names");
    Object[] many = Stream.iterate(0, i -> i + 1).limit(70_000).toArray();
    assertThatThrownBy(
            () ->
                AcceleratorSpace.of(
                    "x",
                    v -> Accelerators.eyeriss(),
                    DesignAxis.of("a", many),
                    DesignAxis.of("b", many)))
        .hasMessageContaining("4900000000 designs");
  }

  @Test
  void valuesAreReadWithTheirType() {
    ChosenValues values = AcceleratorSpace.dance().values(0);
    assertThat(values.whole("rf")).isEqualTo(4);
    assertThat(values.value("dataflow", Dataflow.class)).isEqualTo(Dataflow.WEIGHT_STATIONARY);
    assertThatThrownBy(() -> values.number("dataflow")).hasMessageContaining("is not a Number");
    assertThatThrownBy(() -> values.number("no")).hasMessageContaining("there is no axis no");
    AcceleratorSpace half =
        AcceleratorSpace.of("h", v -> Accelerators.eyeriss(), DesignAxis.of("a", 0.5));
    assertThatThrownBy(() -> half.values(0).whole("a")).hasMessageContaining("whole number");
  }
}
