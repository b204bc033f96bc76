package dance.accelerator;

import dance.check.Copy;
import dance.check.Nearest;
import dance.check.Rules;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A hierarchy of memory levels over an array of MAC units.
 *
 * @param name as tables show it
 * @param levels memory levels, outermost first
 * @param mac the MAC units below the innermost level
 * @param clockMhz clock frequency
 * @param dataflow constraint on the mappings it can run
 * @param technology node and source of its energies and areas
 * @param overheads what the component tables leave out
 * @param zeros what it saves where operands are zero
 */
public record Accelerator(
    String name,
    List<MemoryLevel> levels,
    MacUnit mac,
    double clockMhz,
    Dataflow dataflow,
    String technology,
    Overheads overheads,
    ZeroSavings zeros) {

  /** One that saves nothing on zeros. */
  public Accelerator(
      String name,
      List<MemoryLevel> levels,
      MacUnit mac,
      double clockMhz,
      Dataflow dataflow,
      String technology,
      Overheads overheads) {
    this(name, levels, mac, clockMhz, dataflow, technology, overheads, ZeroSavings.NONE);
  }

  /**
   * Checks the levels against each other and the array; lists all that is wrong.
   *
   * @throws IllegalArgumentException naming each rule violated, with the amounts
   */
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

  /**
   * Instances of a level in the whole accelerator; index {@code levels().size()} gives the MAC
   * units.
   */
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

  /** Area of all components and of what is beside them, in mm²; NaN if one is unknown. */
  public double areaMm2() {
    return area().totalMm2();
  }

  /**
   * Which costs its energies and areas are, in a few words: the name of its technology, such as
   * {@code Eyeriss 65 nm (chip)} or {@code Eyeriss 65 nm (published)}, and whether only the
   * components count.
   */
  public String costs() {
    String name = technology.replaceFirst("(?s): .*", "");
    boolean bare = name.endsWith(EyerissSilicon.CHIP) && overheads.equals(Overheads.NONE);
    return bare ? name + ", components only" : name;
  }

  /** The area by part. */
  public Area area() {
    return Area.of(this);
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

  /** Message that a quantity is unknown, which energies it lacks and why. */
  public String unknown(String what) {
    return "%s on %s is unknown, because the energies of %s are: %s"
        .formatted(what, name, String.join(", ", unpriced()), technology);
  }

  /** With 0 for every unknown energy: for latencies, which do not depend on energies. */
  public Accelerator unpricedAsFree() {
    if (unpriced().isEmpty()) {
      return this;
    }
    List<MemoryLevel> priced =
        levels.stream().map(level -> level.isPriced() ? level : level.energy(0, 0, 0)).toList();
    MacUnit unit =
        mac.isPriced() ? mac : new MacUnit(mac.name(), 0, 0, mac.leakPjPerCycle(), mac.areaUm2());
    return Copy.with(this, "levels", priced, "mac", unit);
  }

  /** With another dataflow. */
  public Accelerator dataflow(Dataflow other) {
    return Copy.with(this, "dataflow", other);
  }

  /** With other overheads; {@link Overheads#NONE} disables them. */
  public Accelerator overheads(Overheads other) {
    return Copy.with(this, "overheads", other);
  }

  /** With other savings on zeros; {@link ZeroSavings#NONE} saves nothing. */
  public Accelerator zeros(ZeroSavings other) {
    return Copy.with(this, "zeros", other);
  }

  /** At another clock; bandwidths and leakage stay the same per cycle. */
  public Accelerator clockMhz(double mhz) {
    return Copy.with(this, "clockMhz", mhz);
  }

  /** With other MAC units; hop lengths of interconnects follow the new element size. */
  public Accelerator mac(MacUnit other) {
    return Copy.with(this, "levels", Hops.again(this, levels, other), "mac", other);
  }

  /**
   * The level of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists all levels
   */
  public MemoryLevel level(String name) {
    return levels.get(index(name));
  }

  private int index(String level) {
    List<String> names = levels.stream().map(MemoryLevel::name).toList();
    int index = names.indexOf(level);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no level %s, only %s.%s"
              .formatted(name, level, String.join(", ", names), Nearest.maybe(level, names)));
    }
    return index;
  }

  /**
   * With one level changed: {@code level("GLB", glb -> glb.capacityBytes(216 * 1024))}.
   *
   * @throws IllegalArgumentException as {@link #level(String)} and the change do
   */
  public Accelerator level(String name, UnaryOperator<MemoryLevel> change) {
    return with(index(name), change.apply(level(name)));
  }

  /**
   * With the level of this name replaced. Interconnects whose hops are one element long follow the
   * new element size; overheads are kept.
   */
  public Accelerator level(MemoryLevel replacement) {
    return with(index(replacement.name()), replacement);
  }

  private Accelerator with(int index, MemoryLevel replacement) {
    List<MemoryLevel> changed = new ArrayList<>(levels);
    changed.set(index, replacement);
    return Copy.with(this, "levels", Hops.again(this, changed, mac));
  }

  /** The level that feeds the array: the outermost of those with the largest fan-out. */
  public MemoryLevel arrayLevel() {
    MemoryLevel array = levels.get(Math.max(0, levels.size() - 2));
    long most = 1;
    for (MemoryLevel level : levels) {
      if (level.fanout().instances() > most) {
        most = level.fanout().instances();
        array = level;
      }
    }
    return array;
  }

  /** With an array of this many columns and rows. */
  public Accelerator array(int columns, int rows) {
    return level(arrayLevel().fanout(columns, rows));
  }

  /**
   * With words of this many bits everywhere: on-chip memories keep their bytes, register files
   * their words, ports and lines their bits; energies, leakage and areas are derived again.
   *
   * @throws IllegalArgumentException if that is impossible; the message lists all that cannot be
   *     derived
   */
  public Accelerator wordBits(int bits) {
    return WordWidth.of(this, bits);
  }

  /**
   * With one instance of everything and no name: equal for accelerators that differ only in the
   * size of their arrays.
   */
  public Accelerator withoutArrays() {
    List<MemoryLevel> single = levels.stream().map(level -> level.fanout(1, 1)).toList();
    return Copy.with(this, "name", "one of each", "levels", single);
  }

  /** With other memory levels, outermost first. */
  public Accelerator withLevels(List<MemoryLevel> others) {
    return Copy.with(this, "levels", others);
  }

  /** Name, dataflow, levels outermost first with sizes and fan-out, in one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": ");
    text.append(dataflow.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    for (MemoryLevel level : levels) {
      text.append(", ").append(level.name());
      if (level.capacityWords() < Long.MAX_VALUE) {
        text.append(String.format(Locale.ROOT, " %,d words", level.capacityWords()));
      }
      if (!level.partitions().isEmpty()) {
        text.append(" ").append(level.partitions());
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
    return Copy.with(this, "name", other);
  }
}
