package dance.accelerator;

import static dance.workload.Operand.INPUT;
import static dance.workload.Operand.OUTPUT;
import static dance.workload.Operand.WEIGHT;

import java.util.List;

/**
 * ShiDianNao: Du et al., ISCA 2015: 8 × 8 PEs of 16 bits at 1 GHz, 65 nm, output-stationary; NBin
 * 64 KB, NBout 64 KB, SB 128 KB (our reading of its section on the implementation; the 32 KB of
 * instructions are left out). Its links between neighbouring PEs are not declared: neurons that
 * move from PE to PE count as reads of NBin, so that those are more than on the chip.
 */
final class ShiDianNaoLike {
  /**
   * Published area over that of the components in the table: 4.86 mm² (abstract) / 3.91 mm². The
   * whole is stated, not its parts; the factors of Eyeriss would make it 6.6 mm².
   */
  private static final double AREA_FACTOR = 1.243;

  private ShiDianNaoLike() {}

  static Accelerator in(String name, Technology process) {
    boolean published = process.isAsPublished();
    Technology technology =
        published
            ? process
            : process.areas(
                process.asPublished(),
                AREA_FACTOR,
                "areas: ShiDianNao ISCA'15, 4.86 mm² over those of the table");
    int bits = 16;
    MacUnit mac = technology.mac(bits);
    // The partial sum and the two neuron FIFOs; 16 words in all are our choice.
    MemoryLevel registers = technology.registers("PE", 16, bits).keeps(INPUT, OUTPUT);
    double peUm2 = mac.areaUm2() + registers.areaUm2();
    MemoryLevel outputs =
        technology
            .sram("NBout", 64 * 1024, bits, 8)
            .keeps(OUTPUT)
            .bandwidth(8, 8) // one row of PEs a cycle, our choice
            .fanout(8, 8)
            .interconnect(technology.network(bits, peUm2));
    MemoryLevel synapses =
        technology
            .sram("SB", 128 * 1024, bits, 8)
            .keeps(WEIGHT)
            .bandwidth(8, 8); // a line a cycle, our choice; one synapse is broadcast to all PEs
    MemoryLevel inputs =
        technology
            .sram("NBin", 64 * 1024, bits, 8)
            .keeps(INPUT)
            .bandwidth(64, 64); // read mode (a): all 8 × 8 neurons at once, from its banks
    Overheads clock =
        Eyeriss.overheads(
            process, process.mac(bits).areaUm2() + process.registers("PE", 16, bits).areaUm2());
    return new Accelerator(
        name,
        // The chip has no off-chip memory; LPDDR4 of 64 bits a cycle stands for its sensor.
        List.of(Dram.LPDDR4.level(bits, 8), inputs, synapses, outputs, registers),
        mac,
        1000,
        Dataflow.OUTPUT_STATIONARY,
        technology.label(),
        published ? Overheads.NONE : clock.withoutArea());
  }
}
