package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with accelerators and networks from files of AccelForge and ZigZag. */
class FilesOfOthersTest {
  private static final String ACCEL_FORGE =
      """
      arch:
        nodes:
        - !Memory
          name: Main
          size: inf
          actions: [{name: read, energy: 10e-12}, {name: write, energy: 10e-12}]
        - !Memory
          name: Buffer
          size: 64 * 1024
          actions: [{name: read, energy: 1e-12}, {name: write, energy: 1e-12}]
        - !Container {name: PE, spatial: [{name: x, fanout: 4}, {name: y, fanout: 2}]}
        - !Compute {name: MAC, actions: [{name: compute, energy: 1e-12}]}
      """;

  private static final String WORKLOAD =
      """
      workload:
        bits_per_value: {All: 16}
        einsums:
        - einsum: "Z[m, n] = A[m, k] * W[k, n]"
          iteration_space_shape: [0 <= m < 8, 0 <= n < 6, 0 <= k < 4]
      """;

  private static final String ZIG_ZAG =
      """
      name: tiny
      memories:
        buffer:
          {size: 4096, r_cost: 1, w_cost: 1, latency: 1, operands: [I1, I2, O],
           ports: [{name: rw_port_1, type: read_write, bandwidth_min: 8, bandwidth_max: 64,
           allocation: ["O, fh"]}], served_dimensions: [D1, D2]}
      operational_array: {unit_energy: 2, dimensions: [D1, D2], sizes: [4, 2]}
      """;

  @TempDir private Path folder;

  private final Shell shell = new Shell();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void accelForgesFilesAreMappedSimulatedAndEvaluated() throws IOException {
    Path arch = file("arch.yaml", ACCEL_FORGE);
    Path workload = file("workload.yaml", WORKLOAD);
    Path out = folder.resolve("found");
    assertThat(shell.dance("map", "--json", "--export", "accelforge", out, arch, workload))
        .as(shell.err())
        .isZero();
    Object cycles = shell.json().get("cycles");
    assertThat(((Number) cycles).longValue()).isEqualTo(8 * 6 * 4 / 8);
    // what is written is evaluated by the same commands, and costs the same
    Object energy = shell.json().get("energy_total_pJ");
    assertThat(
            shell.dance(
                "timeloop",
                "--json",
                out.resolve("arch.yaml"),
                out.resolve("workload.yaml"),
                out.resolve("mapping.yaml")))
        .as(shell.err())
        .isZero();
    assertThat(shell.json()).containsEntry("cycles", cycles);
    assertThat(((Number) shell.json().get("energy_total_pJ")).doubleValue())
        .isEqualTo(((Number) energy).doubleValue());
    assertThat(shell.dance("simulate", "--network", workload, "--accelerator", arch))
        .as(shell.err())
        .isZero();
    assertThat(shell.out()).contains("energies of arch.yaml");
  }

  @Test
  void anAcceleratorOfZigZagIsSimulated() throws IOException {
    Path chip = file("chip.yaml", ZIG_ZAG);
    Path workload = file("workload.yaml", WORKLOAD);
    assertThat(shell.dance("simulate", "--json", "--network", workload, "--accelerator", chip))
        .as(shell.err())
        .isZero();
    assertThat(shell.out()).contains("energies of chip.yaml");
    assertThat(shell.err()).contains("words have 8 bits");
    assertThat(shell.dance("map", chip, workload)).as(shell.err()).isZero();
    assertThat(shell.dance("map", workload, chip)).isEqualTo(2);
    assertThat(shell.err())
        .contains("workload.yaml is no accelerator")
        .contains("chip.yaml is no problem")
        .contains("ZigZag: it has no keys memories and operational_array");
  }
}
