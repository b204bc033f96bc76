package dance.workload;

/** The role of a tensor in a layer; it decides which memory levels may keep it. */
public enum Operand {
  WEIGHT,
  INPUT,
  OUTPUT
}
