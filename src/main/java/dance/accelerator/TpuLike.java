package dance.accelerator;

import static dance.workload.Operand.INPUT;
import static dance.workload.Operand.OUTPUT;
import static dance.workload.Operand.WEIGHT;

import java.util.List;

/**
 * The first TPU: Jouppi et al., ISCA 2017, Section 2: 256 × 256 MACs of 8 bits, 700 MHz, 24 MiB
 * unified buffer, weight FIFO of four tiles of 64 KiB, 4 MiB of 32-bit accumulators, two weight
 * tiles in the array, weights from DDR3 at 30 GiB/s. The array is loaded, filled and drained for
 * every tile of weights, as in SCALE-Sim (our choice; the chip's second tile hides loads that take
 * less time than the pass before). Prices: the 45 nm table (our choice; the chip is 28 nm).
 */
final class TpuLike {
  private static final double GIB = 1L << 30;

  private TpuLike() {}

  static Accelerator in(String name, Technology technology) {
    double clockMhz = 700;
    MacUnit mac = technology.mac(8);
    MemoryLevel weights =
        technology.registers("matrix unit", 2, 8).multipleBuffering(2).keeps(WEIGHT);
    double peUm2 = mac.areaUm2() + weights.areaUm2();
    Overheads overheads = Eyeriss.overheads(technology, peUm2);
    MemoryLevel accumulators =
        technology
            .banks("accumulators", 256, 4096 * 4, 32) // 4,096 sums for each of 256 columns
            .keeps(OUTPUT)
            .bandwidth(256, 256) // one 256-element partial sum a cycle
            .fanout(256, 256)
            .interconnect(
                technology
                    .network(8, peUm2 + overheads.peUm2())
                    .systolic(Interconnect.Systolic.WEIGHTS));
    MemoryLevel fifo =
        technology
            .sram("weight FIFO", 4 * 64 << 10, 8, 256)
            .keeps(WEIGHT)
            .bandwidth(256, 256); // a tile takes 256 cycles to shift in
    MemoryLevel unified =
        technology
            .sram("unified buffer", 24 << 20, 8, 256)
            .keeps(INPUT, OUTPUT)
            .bandwidth(256, 256); // "reads and writes 256 values per clock cycle"
    // All operands pass through it, also activations, which come over PCIe: our choice.
    double dramBytesPerCycle = 30 * GIB / (clockMhz * 1e6);
    return new Accelerator(
        name,
        List.of(Dram.DDR3.level(8, dramBytesPerCycle), unified, fifo, accumulators, weights),
        mac,
        clockMhz,
        Dataflow.WEIGHT_STATIONARY,
        technology.label(),
        overheads);
  }
}
