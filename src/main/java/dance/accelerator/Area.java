package dance.accelerator;

import java.util.ArrayList;
import java.util.List;

/**
 * The area of an accelerator by part, in mm². The total is the sum of the parts in order.
 *
 * @param parts memory levels outermost first, the MAC units, then what is beside the components
 */
public record Area(List<Part> parts) {

  /**
   * One part.
   *
   * @param component memory level, MAC unit, {@code rest of the PEs} or {@code rest of the chip}
   * @param instances how many there are
   * @param oneUm2 area of one, µm²; NaN if unknown
   */
  public record Part(String component, long instances, double oneUm2) {
    /** Area of all instances, mm². */
    public double areaMm2() {
      return oneUm2 * instances / 1e6;
    }
  }

  /** Copies the list: the record is immutable. */
  public Area {
    parts = List.copyOf(parts);
  }

  /** The area of an accelerator; off-chip memory has none. */
  static Area of(Accelerator accelerator) {
    List<Part> parts = new ArrayList<>();
    List<MemoryLevel> levels = accelerator.levels();
    for (int l = 0; l < levels.size(); l++) {
      parts.add(new Part(levels.get(l).name(), accelerator.instances(l), levels.get(l).areaUm2()));
    }
    long units = accelerator.macUnits();
    parts.add(new Part(accelerator.mac().name(), units, accelerator.mac().areaUm2()));
    Overheads overheads = accelerator.overheads();
    parts.add(new Part("rest of the PEs", units, overheads.peUm2()));
    parts.add(new Part("rest of the chip", 1, overheads.chipUm2()));
    parts.removeIf(part -> part.oneUm2() == 0);
    return new Area(parts);
  }

  /** Sum of the parts, mm²; NaN if one is unknown. */
  public double totalMm2() {
    double sum = 0;
    for (Part part : parts) {
      sum += part.areaMm2();
    }
    return sum;
  }

  /** Area of the part of this name, mm²; 0 if there is none. */
  public double mm2(String component) {
    return parts.stream()
        .filter(part -> part.component().equals(component))
        .mapToDouble(Part::areaMm2)
        .sum();
  }
}
