package dance.accelerator;

import static dance.workload.Operand.INPUT;
import static dance.workload.Operand.OUTPUT;
import static dance.workload.Operand.WEIGHT;

import java.util.List;

/**
 * One chiplet of Simba: Shao et al., MICRO 2019, Table 1 (our reading): 16 PEs of 8 lanes × 8-wide
 * vector MACs, 8-bit operands and 24-bit partial sums, weight-stationary; per PE 32 KB weights, 8
 * KB inputs, 3 KB partial sums; 64 KB global PE buffer. Clock: 4.01 TOPS peak of a chiplet (Zimmer
 * et al., VLSI 2019) are 2,048 operations at 1.96 GHz. Prices: the 45 nm table (our choice; the
 * chip is 16 nm).
 */
final class SimbaLike {
  private SimbaLike() {}

  static Accelerator in(String name, Technology technology) {
    MacUnit mac = technology.mac(8);
    MemoryLevel registers = technology.registers("weight registers", 1, 8).keeps(WEIGHT);
    double laneUm2 = mac.areaUm2() + registers.areaUm2();
    MemoryLevel accumulators =
        technology
            .sram("accumulation buffer", 3 * 1024, 24, 8)
            .keeps(OUTPUT)
            .bandwidth(8, 8) // one partial sum of each lane a cycle
            .fanout(8, 8);
    MemoryLevel weights =
        technology
            .sram("weight buffer", 32 * 1024, 8, 8)
            .keeps(WEIGHT)
            .bandwidth(64, 64); // a vector for each lane a cycle
    MemoryLevel inputs =
        technology
            .sram("input buffer", 8 * 1024, 8, 8)
            .keeps(INPUT)
            .bandwidth(8, 8); // a vector a cycle, shared by the lanes
    Overheads overheads = Eyeriss.overheads(technology, laneUm2);
    double peUm2 =
        64 * (laneUm2 + overheads.peUm2())
            + accumulators.areaUm2()
            + weights.areaUm2()
            + inputs.areaUm2();
    MemoryLevel global =
        technology
            .sram("global buffer", 64 * 1024, 8, 32) // lines of 256 bits: Timeloop's simba_like
            .keeps(INPUT, OUTPUT)
            .bandwidth(32, 32) // a line a cycle each way, our choice
            .fanout(4, 4)
            .interconnect(technology.network(8, peUm2));
    return new Accelerator(
        name,
        // 32 bytes a cycle and LPDDR4 are our choice: one chiplet alone, its links not modelled.
        List.of(Dram.LPDDR4.level(8, 32), global, inputs, weights, accumulators, registers),
        mac,
        1960,
        Dataflow.WEIGHT_STATIONARY,
        technology.label(),
        overheads);
  }
}
