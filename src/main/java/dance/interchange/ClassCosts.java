package dance.interchange;

import dance.accelerator.CostSource;
import dance.accelerator.Dram;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Technology;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Energies and areas of component classes in a file without tables, from our {@link Technology}:
 * the one of 65 nm where the file says so, else that of 45 nm.
 */
final class ClassCosts {
  private static final List<String> REGISTERS = List.of("regfile", "register", "_rf");
  private static final int MAC_BITS = 16;

  private ClassCosts() {}

  static Technology technology(YamlNode attributes) {
    String node = attributes.get("technology").map(YamlNode::text).orElse("");
    return node.contains("65") ? Technology.eyeriss65nm() : Technology.eyeriss45nm();
  }

  /**
   * The level with the costs of its class; as it is if those are known, or do not follow from its
   * class and size.
   *
   * @param type class and subclass
   */
  static MemoryLevel priced(MemoryLevel level, String type, YamlNode attributes) {
    if (level.isPriced()) {
      return level;
    }
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.contains("dram")) {
      String kind = attributes.get("type").map(YamlNode::text).orElse("").toUpperCase(Locale.ROOT);
      Dram dram =
          Arrays.stream(Dram.values())
              .filter(d -> kind.equals(d.name()))
              .findFirst()
              .orElse(Dram.LPDDR4);
      return withArea(level.costsOf(new CostSource.OffChip(dram)), level.areaUm2());
    }
    if (level.capacityWords() == MemoryLevel.UNBOUNDED || level.capacityWords() == 0) {
      return level;
    }
    Technology technology = technology(attributes);
    CostSource rule =
        REGISTERS.stream().anyMatch(lower::contains)
            ? new CostSource.Registers(technology)
            : new CostSource.Sram(technology);
    return withArea(level.costsOf(rule), level.areaUm2());
  }

  /** The level with the area that the file states, if it states one. */
  private static MemoryLevel withArea(MemoryLevel level, double areaUm2) {
    return Double.isNaN(areaUm2) ? level : level.area(areaUm2);
  }

  /**
   * A MAC unit of the width of its multiplier.
   *
   * @param areaUm2 its area where the file states one, else NaN
   */
  static MacUnit mac(String name, YamlNode attributes, double areaUm2) {
    int bits =
        attributes
            .get("multiplier_width", "datawidth", "width", "word_bits")
            .map(n -> n.positiveInt(MAC_BITS))
            .orElse(MAC_BITS);
    MacUnit mac = technology(attributes).mac(bits);
    return new MacUnit(
        name,
        mac.macPj(),
        mac.addPj(),
        mac.leakPjPerCycle(),
        Double.isNaN(areaUm2) ? mac.areaUm2() : areaUm2);
  }
}
