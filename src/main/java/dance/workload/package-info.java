/**
 * Workloads: layers as einsums, networks of layers, and the well-known networks.
 *
 * <p>Begin with {@link Layer}. Must not know accelerators, mappings and costs: a network is the
 * same wherever it runs.
 */
package dance.workload;
