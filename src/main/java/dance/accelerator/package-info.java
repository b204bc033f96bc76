/**
 * Accelerators: memory levels, the array of processing elements, interconnects, technology; presets
 * and templates.
 *
 * <p>Begin with {@link Accelerator}. Must not know mappings and how accesses are counted: a
 * dataflow is only a name here, its constraints are in dance.simulate.
 */
package dance.accelerator;
