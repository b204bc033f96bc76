package dance.search;

/** One minus the expected accuracy of a table: no noise, no training, no state. */
final class ExpectedAccuracy implements AccuracyModel {
  private final AccuracyTable.Contraction contraction;

  ExpectedAccuracy(AccuracyTable table) {
    contraction = table.new Contraction();
  }

  @Override
  public boolean sampled() {
    return false;
  }

  @Override
  public double loss(double[] gates, double[] gradient) {
    double expected = contraction.expect(gates, gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -gradient[i];
    }
    return 1 - expected;
  }
}
