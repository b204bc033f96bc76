package dance.cost;

/**
 * What a network costs on an accelerator.
 *
 * @param latencyMs time of one pass
 * @param energyMj energy of one pass
 * @param areaMm2 area of the accelerator
 * @param utilization operations per MAC unit and cycle, 0…1
 */
public record Metrics(double latencyMs, double energyMj, double areaMm2, double utilization) {}
