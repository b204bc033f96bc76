/**
 * The verbs for cells: simulate, map, sweep, explain, oracle, trainEvaluator, explore, compare.
 *
 * <pre>{@code
 * simulate("alexnet", "template:14x12:rf16:rs")
 * explain(map("alexnet/conv3", "eyeriss"), "operations")
 * oracle("mini", "mb3e6,mb5e3,mb3e6,mb3e3", o -> o.objective(Objective.EDP).top(5))
 * }</pre>
 *
 * <p>Begin with {@link Dance}. Must not know notebooks; and of the command line only its entry
 * point.
 */
package dance;
