package dance.workload;

/** The role that a tensor plays in a layer: which memory levels may keep it depends on it. */
public enum Operand {
  WEIGHT,
  INPUT,
  OUTPUT
}
