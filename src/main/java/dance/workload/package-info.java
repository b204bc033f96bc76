/**
 * What is computed: layers as einsums, networks of layers, and the networks that everybody knows.
 *
 * <p>Begin with {@link Layer}. Must not know accelerators, mappings and costs: a network is the
 * same wherever it runs.
 */
package dance.workload;
