package dance.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.interchange.ReferenceCases;
import dance.interchange.TimeloopConstraints;
import dance.interchange.TimeloopMapping;
import dance.simulate.count.Analysis;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dance map} from the files to the written mapping. */
class MapCommandTest {
  @TempDir private Path folder;

  private final Shell shell = new Shell();

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** The bars are what timeloop-mapper reaches in 165 s (CONSTRAINTS.md of the reference). */
  @ParameterizedTest
  @CsvSource({"eyeriss-resnet18-l2-ds1x1, 1.96233e12", "os16-mbv2-dw-s1, 3.23807e14"})
  void theWrittenMappingHasItsFiguresObeysItsConstraintsAndBeatsTimeloop(String name, double bar) {
    ReferenceCases.requireShared();
    ReferenceCases.Case reference = ReferenceCases.named(name);
    Path arch = reference.file("arch.yaml");
    Path problem = reference.file("problem.yaml");
    Path constraints = reference.constraints().orElseThrow();
    Path written = folder.resolve("mapping.yaml");
    int exitCode =
        shell.dance(
            "map",
            arch,
            problem,
            constraints,
            "--accounting=timeloop",
            "--effort=200000000",
            "--out",
            written,
            "--json");
    assertThat(exitCode).isZero();
    double cycles = number(shell.json().get("cycles"));
    double energyPj = number(shell.json().get("energy_total_pJ"));
    assertThat(number(shell.json().get("objective_value")))
        .isEqualTo(cycles * energyPj)
        .isLessThan(bar);
    assertThat(shell.json()).containsEntry("optimal", true);

    assertThat(shell.dance("timeloop", arch, problem, written, "--accounting=timeloop", "--json"))
        .isZero();
    assertThat(number(shell.json().get("cycles"))).isEqualTo(cycles);
    assertThat(number(shell.json().get("energy_total_pJ")))
        .isCloseTo(energyPj, within(1e-12 * energyPj));

    Mapping mapping =
        TimeloopMapping.read(written, reference.einsum(), reference.accelerator()).value();
    MapConstraints rules =
        TimeloopConstraints.read(constraints, reference.einsum(), reference.accelerator()).value();
    assertThat(ConstraintRules.violations(mapping, rules, reference.einsum())).isEmpty();
    assertThat(ConstraintRules.violations(reference.mapping(), rules, reference.einsum()))
        .as("the mapping that timeloop-mapper found")
        .isEmpty();
  }

  /** Without energies there is no energy: no 0, and no optimum of it. */
  @Test
  void withoutATableOfEnergiesOnlyLatencyIsMinimised() throws IOException {
    Path variants = Path.of("src", "test", "resources", "timeloop", "variants");
    String depths = "depth: 4294967296, data_storage_depth: 4294967296, ";
    Path arch =
        Files.writeString(
            folder.resolve("open.arch.yaml"),
            Files.readString(variants.resolve("generator.arch.yaml")).replace(depths, ""));
    Path problem = variants.resolve("named.problem.yaml");
    for (String objective : new String[] {"edp", "energy"}) {
      assertThat(shell.dance("map", arch, problem, "--objective", objective)).isEqualTo(2);
      assertThat(shell.err())
          .contains(
              "open.arch.yaml has no ERT, the table of energies, with GLB (class smartbuffer_SRAM).")
          .contains("Maybe minimise latency, which needs none.");
    }
    assertThat(shell.dance("map", arch, problem, "--objective=latency", "--json")).isZero();
    assertThat(number(shell.json().get("cycles"))).isEqualTo(144);
    assertThat(shell.json()).containsEntry("energy_total_pJ", null).containsEntry("optimal", true);
    assertThat(shell.dance("map", arch, problem, "--objective=latency")).isZero();
    assertThat(shell.out()).contains("energy [pJ]           unknown");

    Path mapping = variants.resolve("zero.mapping.yaml");
    assertThat(shell.dance("timeloop", arch, problem, mapping, "--json")).isZero();
    assertThat(shell.json()).containsEntry("energy_total_pJ", null);
    assertThat(shell.dance("timeloop", arch, problem, mapping)).isZero();
    assertThat(shell.out()).doesNotContainPattern("GLB .* 0\n");
    assertThat(shell.dance("simulate", "--network=alexnet", "--accelerator=" + arch)).isEqualTo(2);
    assertThat(shell.err()).contains("has no ERT");
    Path layers =
        Files.writeString(folder.resolve("tiny.csv"), "name,kind,c,k,p\ntiny,conv,2,4,6\n");
    assertThat(
            shell.dance(
                "simulate",
                "--network=" + layers,
                "--accelerator=" + arch,
                "--objective=latency",
                "--json"))
        .isZero();
    Map<?, ?> total = (Map<?, ?>) shell.json().get("total");
    assertThat(number(total.get("cycles"))).isPositive();
    assertThat(total.get("energy_mj")).isNull();
    assertThat(total.get("edap")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"t01-conv1d-os, energy", "t01-conv1d-os, latency", "d01-depthwise, edp"})
  void aFreeSearchIsAtLeastAsGoodAsTheGivenMapping(String name, String objective) {
    ReferenceCases.Case reference = ReferenceCases.named(name);
    assertThat(
            shell.dance(
                "map",
                reference.file("arch.yaml"),
                reference.file("problem.yaml"),
                "--objective",
                objective,
                "--json"))
        .isZero();
    Evaluation given =
        Analysis.of(reference.einsum(), reference.accelerator())
            .evaluate(reference.mapping(), Accounting.EXACT);
    double value =
        switch (objective) {
          case "energy" -> given.energyPj();
          case "latency" -> given.cycles();
          default -> given.edp();
        };
    assertThat(shell.json())
        .containsEntry("objective", objective)
        .containsEntry("optimal", true)
        .containsEntry("gap", 0.0);
    assertThat(number(shell.json().get("objective_value")))
        .isLessThanOrEqualTo(value)
        .isEqualTo(number(shell.json().get("lower_bound")));
  }

  /** Without its constraints, a public model of Eyeriss was a fifth slower than with them. */
  @Test
  void constraintsThatAreDroppedCostNothing() {
    ReferenceCases.requireShared();
    ReferenceCases.Case conv1 = ReferenceCases.named("eyeriss-alexnet-conv1");
    Path arch = conv1.file("arch.yaml");
    Path problem = conv1.file("problem.yaml");
    Path constraints = conv1.constraints().orElseThrow();
    assertThat(shell.dance("map", arch, problem, constraints, "--objective=latency", "--json"))
        .isZero();
    double constrained = number(shell.json().get("cycles"));
    assertThat(shell.dance("map", arch, problem, "--objective=latency", "--json")).isZero();
    assertThat(number(shell.json().get("cycles"))).isLessThanOrEqualTo(constrained);
    assertThat(shell.json()).containsEntry("optimal", true);
  }

  @Test
  void outOfTimeTheBestSoFarComesWithItsGap() throws IOException {
    ReferenceCases.Case n02 = ReferenceCases.named("n02-vgg16-conv5_1");
    Path arch = n02.file("arch.yaml");
    Path problem = n02.file("problem.yaml");
    assertThat(shell.dance("map", arch, problem, "--budget=0.001", "--json")).isZero();
    assertThat(shell.json()).containsEntry("optimal", false);
    assertThat(number(shell.json().get("lower_bound")))
        .isLessThan(number(shell.json().get("objective_value")));
    Path written = folder.resolve("mapping.yaml");
    Files.writeString(written, shell.json().get("mapping").toString());
    double cycles = number(shell.json().get("cycles"));
    assertThat(shell.dance("timeloop", arch, problem, written, "--json")).isZero();
    assertThat(number(shell.json().get("cycles"))).isEqualTo(cycles);
  }

  @Test
  void infeasibleConstraintsAreReportedWithTheirLine() throws IOException {
    ReferenceCases.Case t01 = ReferenceCases.named("t01-conv1d-os");
    String outermost = t01.accelerator().levels().get(0).name();
    String tensor = t01.einsum().output().name();
    Path constraints =
        Files.writeString(
            folder.resolve("rules.yaml"),
            String.format(
                Locale.ROOT,
                "mapspace_constraints:%n- {target: %s, type: bypass, bypass: [%s]}%n",
                outermost,
                tensor));
    int exitCode = shell.dance("map", t01.file("arch.yaml"), t01.file("problem.yaml"), constraints);
    assertThat(exitCode).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .contains(
            "rules.yaml:2:", "the outermost level must keep everything, not bypass [" + tensor)
        .doesNotContain("\tat ");
  }

  @Test
  void aTileThatCannotFitIsReportedWithTheAmount() throws IOException {
    ReferenceCases.Case t01 = ReferenceCases.named("t01-conv1d-os");
    Path constraints =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            mapspace_constraints:
            - {target: RF, type: bypass, keep: [Weights, Inputs, Outputs]}
            - {target: RF, type: temporal, factors: P=16 R=3}
            """);
    Path arch =
        Files.writeString(
            folder.resolve("arch.yaml"),
            t01.text("arch.yaml").replaceAll("depth: \\d+", "depth: 16"));
    int exitCode = shell.dance("map", arch, t01.file("problem.yaml"), constraints);
    assertThat(exitCode).isEqualTo(2);
    assertThat(shell.err())
        .contains("no mapping of", "RF must keep at least 37 words", "21 too few")
        .doesNotContain("\tat ");
  }
}
