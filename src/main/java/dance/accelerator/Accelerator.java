package dance.accelerator;

import dance.check.Rules;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A hierarchy of memory levels over an array of MAC units.
 *
 * @param name as tables call it
 * @param levels memory levels, outermost first
 * @param mac the arithmetic below the innermost level
 * @param clockMhz clock frequency
 * @param dataflow which mappings it can run
 * @param technology node and source of its energies and areas
 * @param overheads what the component tables miss
 */
public record Accelerator(
    String name,
    List<MemoryLevel> levels,
    MacUnit mac,
    double clockMhz,
    Dataflow dataflow,
    String technology,
    Overheads overheads) {

  public Accelerator {
    levels = List.copyOf(levels);
    Rules rules = new Rules();
    rules.require(!levels.isEmpty(), "accelerator %s needs at least one memory level", name);
    rules.require(clockMhz > 0, "clock of %s (%s MHz) must be positive", name, clockMhz);
    Set<String> names = new HashSet<>();
    for (MemoryLevel level : levels) {
      rules.require(
          names.add(level.name()), "accelerator %s has two levels %s", name, level.name());
    }
    if (!levels.isEmpty()) {
      MemoryLevel outermost = levels.get(0);
      rules.require(
          outermost.keeps().equals(EnumSet.allOf(Operand.class)),
          "outermost level %s of %s must keep every operand, not only %s",
          outermost.name(),
          name,
          outermost.keeps());
    }
    rules.check();
  }

  /** Instances of a level in the whole accelerator; {@code levels().size()} asks for MAC units. */
  public long instances(int level) {
    long product = 1;
    for (int i = 0; i < level; i++) {
      product =
          Math.multiplyExact(product, (long) levels.get(i).fanoutX() * levels.get(i).fanoutY());
    }
    return product;
  }

  /** MAC units in the array. */
  public long macUnits() {
    return instances(levels.size());
  }

  /** Sum of the component areas times the overhead factor, in mm²; NaN if one is unknown. */
  public double areaMm2() {
    double um2 = mac.areaUm2() * macUnits();
    for (int i = 0; i < levels.size(); i++) {
      um2 += levels.get(i).areaUm2() * instances(i);
    }
    return um2 * overheads.areaFactor() / 1e6;
  }

  /** Names of the components whose energies are unknown, outermost first. */
  public List<String> unpriced() {
    List<String> names = new ArrayList<>();
    levels.stream().filter(level -> !level.isPriced()).forEach(level -> names.add(level.name()));
    if (!mac.isPriced()) {
      names.add(mac.name());
    }
    return names;
  }

  /** With 0 in place of every unknown energy: for questions of time, which energies do not touch. */
  public Accelerator unpricedAsFree() {
    if (unpriced().isEmpty()) {
      return this;
    }
    List<MemoryLevel> priced =
        levels.stream().map(level -> level.isPriced() ? level : level.energy(0, 0, 0)).toList();
    MacUnit unit =
        mac.isPriced()
            ? mac
            : new MacUnit(mac.name(), 0, 0, mac.leakPjPerCycle(), mac.areaUm2());
    return new Accelerator(name, priced, unit, clockMhz, dataflow, technology, overheads);
  }

  /** With another dataflow. */
  public Accelerator dataflow(Dataflow other) {
    return new Accelerator(name, levels, mac, clockMhz, other, technology, overheads);
  }

  /** With other overheads; {@link Overheads#NONE} switches them off. */
  public Accelerator overheads(Overheads other) {
    return new Accelerator(name, levels, mac, clockMhz, dataflow, technology, other);
  }

  /** With one level replaced by its namesake. */
  public Accelerator level(MemoryLevel replacement) {
    List<MemoryLevel> changed = new ArrayList<>();
    boolean found = false;
    for (MemoryLevel level : levels) {
      boolean same = level.name().equals(replacement.name());
      changed.add(same ? replacement : level);
      found |= same;
    }
    if (!found) {
      throw new IllegalArgumentException(
          name + " has no level " + replacement.name() + " to replace");
    }
    return new Accelerator(name, changed, mac, clockMhz, dataflow, technology, overheads);
  }

  /**
   * One instance of everything, whatever the name: equal for accelerators that differ by the size
   * of their arrays only.
   */
  public Accelerator withoutArrays() {
    List<MemoryLevel> single = levels.stream().map(level -> level.fanout(1, 1)).toList();
    return new Accelerator("one of each", single, mac, clockMhz, dataflow, technology, overheads);
  }

  /** Name, dataflow, levels from outside with their sizes, and what they feed, in one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": ");
    text.append(dataflow.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    for (MemoryLevel level : levels) {
      text.append(", ").append(level.name());
      if (level.capacityWords() < Long.MAX_VALUE) {
        text.append(String.format(Locale.ROOT, " %,d words", level.capacityWords()));
      }
      if (level.fanoutX() * level.fanoutY() > 1) {
        text.append(" over ").append(level.fanoutX()).append(" × ").append(level.fanoutY());
      }
    }
    return text.append(String.format(Locale.ROOT, ", %,d MAC units at ", macUnits()))
        .append(Double.toString(clockMhz).replaceFirst("\\.0$", ""))
        .append(" MHz")
        .toString();
  }

  /** Under another name. */
  public Accelerator named(String other) {
    return new Accelerator(other, levels, mac, clockMhz, dataflow, technology, overheads);
  }
}
