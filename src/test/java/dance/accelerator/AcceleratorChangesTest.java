package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dance.workload.Operand;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes of an accelerator carry along, and what they refuse to. */
class AcceleratorChangesTest {
  private static final Template BASE = Template.of(14, 12, 16, Dataflow.ROW_STATIONARY);
  private static final Accelerator EYERISS = Accelerators.eyeriss();

  @Test
  void aLargerBufferIsTheOneThatTheTechnologyDerives() {
    Accelerator doubled = EYERISS.level("GLB", glb -> glb.capacityBytes(216 * 1024));
    MemoryLevel derived = Technology.chip65nm().sram("GLB", 216 * 1024, 16, 4);
    MemoryLevel glb = doubled.level("GLB");
    assertThat(glb.costs()).isEqualTo(derived.costs());
    assertThat(glb.capacityWords()).isEqualTo(2 * EYERISS.level("GLB").capacityWords());
    assertThat(glb.readPj()).isGreaterThan(EYERISS.level("GLB").readPj());
    assertThat(doubled.areaMm2()).isGreaterThan(EYERISS.areaMm2());
    assertThat(glb.bandwidth()).isEqualTo(EYERISS.level("GLB").bandwidth());
    assertThat(doubled.level("GLB", l -> l.capacityBytes(108 * 1024))).isEqualTo(EYERISS);
  }

  /** Two ways to one chip: the template's parameters, and changes of what it makes. */
  @Test
  void changesOfAnAcceleratorAreThoseOfItsTemplate() {
    Accelerator plain = BASE.accelerator();
    same(plain.level("GLB", l -> l.capacityBytes(65536)), BASE.bufferBytes(65536));
    same(plain.level("RF", l -> l.capacityWords(64)), BASE.rfWords(64));
    same(plain.array(9, 7), BASE.array(9, 7));
    same(plain.clockMhz(500), BASE.clockMhz(500));
    same(plain.wordBits(8), BASE.wordBits(8));
    same(plain.wordBits(32).wordBits(16), BASE);
  }

  private static void same(Accelerator changed, Template template) {
    Accelerator expected = template.accelerator();
    assertThat(changed.named("x")).isEqualTo(expected.named("x"));
    assertThat(changed.areaMm2()).isCloseTo(expected.areaMm2(), within(1e-12));
  }

  @Test
  void whatNoRuleDerivesIsNamedWithItsSource() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EYERISS.level("RF", rf -> rf.capacityWords(520)))
        .withMessageContaining("RF of 260 words")
        .withMessageContaining("224 weight, 12 input, 24 output")
        .withMessageContaining("Maybe");
    assertThat(EYERISS.wordBits(8).level("RF").readPj(Operand.INPUT))
        .isEqualTo(EYERISS.level("RF").readPj(Operand.INPUT) / 2);
    assertThat(EYERISS.wordBits(8).wordBits(16)).isEqualTo(EYERISS);
    MemoryLevel own = MemoryLevel.of("own", 100).energy(1, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> own.capacityWords(200))
        .withMessageContaining("given with the level");
    assertThat(own.free().capacityWords(200).capacityWords()).isEqualTo(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accelerators.simbaLike().wordBits(4))
        .withMessageContaining("[8, 24]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EYERISS.level("GBL"))
        .withMessage("eyeriss has no level GBL, only DRAM, GLB, RF. Maybe GLB was meant.");
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  private static Template random(SplittableRandom random) {
    Dataflow[] dataflows = Dataflow.values();
    Template t =
        Template.of(
            1 + random.nextInt(30),
            1 + random.nextInt(30),
            1 + random.nextInt(99),
            dataflows[random.nextInt(dataflows.length)]);
    t = random.nextBoolean() ? t : t.bufferBytes(8 + random.nextInt(500_000));
    t = random.nextBoolean() ? t : t.wordBits(4 << random.nextInt(5));
    t = random.nextBoolean() ? t : t.clockMhz(random.nextInt(1, 4000) / 4.0);
    t = random.nextBoolean() ? t : t.dram(Dram.values()[random.nextInt(5)], random.nextInt(1, 99));
    t =
        random.nextBoolean()
            ? t
            : t.bufferBandwidth(random.nextInt(1, 99) / 2.0, random.nextInt(1, 9));
    t =
        random.nextBoolean()
            ? t
            : t.technology(Technology.all().get(random.nextInt(Technology.all().size())));
    return random.nextBoolean() ? t : t.overheads(Overheads.NONE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNameSaysEverythingThatATemplateIs(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Template> byName = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      Template template = random(random);
      assertThat(Accelerators.byName(template.name())).isEqualTo(template.accelerator());
      Template namesake = byName.put(template.name(), template);
      assertThat(namesake).isIn(null, template);
    }
  }

  @Test
  void aNameIsReadInAnyCaseAndRefusedWithAllThatIsWrong() {
    assertThat(BASE.bufferBytes(65536).wordBits(8).name())
        .isEqualTo("template:14x12:rf16:rs:glb64k:w8");
    assertThat(Accelerators.byName("Template:14X12:RF16:RS:GLB64K").name())
        .isEqualTo("template:14x12:rf16:rs:glb64k");
    assertThat(Accelerators.byName("Eyeriss")).isEqualTo(EYERISS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Accelerators.byName("template:14x12:rf16:xx:gbl64k:w8:w16"))
        .withMessageContaining("dataflow xx")
        .withMessageContaining("part gbl64k")
        .withMessageContaining("two parts like w8");
    Technology own = Technology.chip65nm().named("mine");
    assertThat(BASE.technology(own).name()).contains("technology=mine");
    assertThat(BASE.overheads(new Overheads(0, 0, 2, 1, 0, "ours")).name())
        .isNotEqualTo(BASE.overheads(new Overheads(0, 0, 2, 2, 0, "ours")).name());
  }

  @Test
  void aChipOfOnesOwnIsTheTemplateOfTheSameParts() {
    Chip chip =
        Chip.named("mine")
            .dataflow(Dataflow.ROW_STATIONARY)
            .sram("GLB", 108 * 1024)
            .array(14, 12)
            .registers("RF", 16);
    assertThat(chip.accelerator().named("x")).isEqualTo(BASE.accelerator().named("x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Chip.named("mine").clockMhz(0).accelerator())
        .withMessageContaining("needs a memory")
        .withMessageContaining("needs an array")
        .withMessageContaining("clock of mine");
  }
}
