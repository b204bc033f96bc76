package dance.accelerator;

import static dance.workload.Operand.INPUT;
import static dance.workload.Operand.OUTPUT;
import static dance.workload.Operand.WEIGHT;

import java.util.List;

/**
 * NVDLA, configuration nv_large: 64 × 32 MACs of 8 bits on channels × kernels, 512 KB convolution
 * buffer for weights and inputs. Structure: github.com/nvdla/hw, spec/defs/nv_large.spec
 * (MAC_ATOMIC_C_SIZE_64, MAC_ATOMIC_K_SIZE_32, CBUF 16 banks × 64 B × 512, PRIMARY_MEMIF_WIDTH_256)
 * and the Hardware Architectural Specification at nvdla.org. Prices: the 45 nm table (our choice).
 */
final class NvdlaLike {
  private NvdlaLike() {}

  static Accelerator in(String name, Technology technology) {
    MacUnit mac = technology.mac(8);
    // A weight in use and the next one, as the MAC cells hold them (two registers of 8 bits).
    MemoryLevel weights = technology.registers("CMAC", 2, 8).multipleBuffering(2).keeps(WEIGHT);
    double peUm2 = mac.areaUm2() + weights.areaUm2();
    Overheads overheads = Eyeriss.overheads(technology, peUm2);
    MemoryLevel accumulators =
        technology
            // 256 partial sums of 32 bits for each of 32 kernels; size and width our choice.
            .sram("CACC", 32 * 256 * 4, 32, 32)
            .keeps(OUTPUT)
            // One partial sum of each kernel a cycle, read and written.
            .bandwidth(32, 32)
            .fanout(64, 32)
            .interconnect(technology.network(8, peUm2 + overheads.peUm2()));
    MemoryLevel buffer =
        technology
            .sram("CBUF", 512 * 1024, 8, 64)
            .keeps(WEIGHT, INPUT)
            // An entry of 64 B each of data and of weights read a cycle; two write ports
            // (vmod/nvdla/cbuf/NV_NVDLA_CBUF.h).
            .bandwidth(128, 128);
    return new Accelerator(
        name,
        // 256 bits a cycle; LPDDR4 is our choice.
        List.of(Dram.LPDDR4.level(8, 32), buffer, accumulators, weights),
        mac,
        1000, // our choice: a round figure of the range that nvdla.org quotes results for
        Dataflow.WEIGHT_STATIONARY,
        technology.label(),
        overheads);
  }
}
