/**
 * Accelerators: memory levels, the array of processing elements, interconnects, technology; presets
 * and templates.
 *
 * <pre>{@code
 * Accelerators.eyeriss().macUnits() // → 168
 * accelerator("template:8x24:rf8:rs").macUnits() // → 192
 * }</pre>
 *
 * <p>Begin with {@link Accelerator}. Must not know mappings and how accesses are counted: a
 * dataflow is only a name here, its constraints are in dance.simulate.
 */
package dance.accelerator;
