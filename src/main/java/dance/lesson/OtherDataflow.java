package dance.lesson;

import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapping.Evaluation;

/**
 * The best mapping (energy-delay product, default effort) of another dataflow.
 *
 * @param dataflow of the mapping
 */
public record OtherDataflow(Dataflow dataflow) implements Change {
  @Override
  public Evaluation apply(Evaluation before) {
    return Mapper.best(
            Dataflows.space(before.einsum(), before.accelerator().dataflow(dataflow)),
            Objective.EDP,
            before.accounting(),
            Effort.DEFAULT)
        .evaluation();
  }

  @Override
  public String toString() {
    return "the dataflow is " + dataflow.label();
  }
}
