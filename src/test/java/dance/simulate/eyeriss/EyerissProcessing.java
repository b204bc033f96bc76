package dance.simulate.eyeriss;

/**
 * What one layer costs on {@link EyerissChip}, link to the DRAM not included.
 *
 * @param layer name of the layer
 * @param parameters how it was mapped
 * @param passes processing passes
 * @param activePes PEs that work in a full pass
 * @param filterLoadCycles cycles in which filters are loaded into the PEs
 * @param firstWindowCycles cycles in which the PEs wait for their first input window
 * @param streamCycles cycles in which the passes stream: of each pass the slower of arithmetic and
 *     partial sums
 * @param computeCycles what the streams would take if the partial sums came at once
 * @param psumCycles what the streams would take if the arithmetic were free
 * @param ifmapReadWords inputs read from the global buffer
 * @param psumReadWords partial sums read from it, the draining of finished words included
 * @param psumWriteWords partial sums written to it
 * @param wordBytes bytes of a word
 * @param clockMhz core clock
 */
public record EyerissProcessing(
    String layer,
    RowStationaryParameters parameters,
    long passes,
    int activePes,
    long filterLoadCycles,
    long firstWindowCycles,
    long streamCycles,
    long computeCycles,
    long psumCycles,
    long ifmapReadWords,
    long psumReadWords,
    long psumWriteWords,
    int wordBytes,
    double clockMhz) {

  /** Processing latency in cycles of the core. */
  public long cycles() {
    return filterLoadCycles + firstWindowCycles + streamCycles;
  }

  /** Processing latency in milliseconds. */
  public double latencyMs() {
    return cycles() / (clockMhz * 1e3);
  }

  /** Traffic between the global buffer and the PE array, in bytes. */
  public long globalBufferBytes() {
    return Math.multiplyExact(ifmapReadWords + psumReadWords + psumWriteWords, (long) wordBytes);
  }

  /** The same in megabytes of 10⁶ bytes. */
  public double globalBufferMb() {
    return globalBufferBytes() / 1e6;
  }
}
