package dance.lesson;

import dance.simulate.mapping.Evaluation;

/** The questions that are asked of every mapped layer, one method each. */
public final class Questions {
  private Questions() {}

  /** Which bound decides the time, and how far the others are. */
  public static Answer whySlow(Evaluation evaluation) {
    return WhySlow.of(evaluation);
  }

  /**
   * How often each word of a tensor passes the outermost memory, and how often it must.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public static Answer howOften(Evaluation evaluation, String tensor) {
    return HowOften.of(evaluation, tensor);
  }

  /**
   * What a buffer twice as large would buy, with the best mapping of each.
   *
   * @throws IllegalArgumentException if there is no such level, or it has no size
   */
  public static Answer largerBuffer(Evaluation evaluation, String level) {
    return LargerBuffer.of(evaluation, level);
  }

  /** By which level and tensor the energy is used. */
  public static Answer whereEnergy(Evaluation evaluation) {
    return WhereEnergy.of(evaluation);
  }

  /** Which PEs idle, and why. */
  public static Answer whyIdle(Evaluation evaluation) {
    return WhyIdle.of(evaluation);
  }

  /** How far the mapping is from the best, and the first difference. */
  public static Answer fromBest(Evaluation evaluation) {
    return FromBest.of(evaluation);
  }
}
