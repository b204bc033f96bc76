/**
 * What computes it: memory levels, the array of processing elements, interconnects, technology;
 * presets and templates.
 *
 * <p>Begin with {@link Accelerator}. Must not know mappings and how accesses are counted: a
 * dataflow is a name here, its constraints are of dance.simulate.
 */
package dance.accelerator;
