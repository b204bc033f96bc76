/**
 * Workloads: layers as einsums, networks of layers, and the well-known networks.
 *
 * <pre>{@code
 * var conv3 = Layer.conv("conv3", 256, 384).kernel(3).output(13)
 * conv3.macs() // → 149520384
 * network("alexnet").macs() // → 724406816
 * }</pre>
 *
 * <p>Begin with {@link Layer}. Must not know accelerators, mappings and costs: a network is the
 * same wherever it runs.
 */
package dance.workload;
