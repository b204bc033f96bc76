/**
 * The verbs for cells: simulate, map, sweep, explain, oracle, trainEvaluator, explore, compare.
 *
 * <p>Begin with {@link Dance}. Must not know notebooks; and of the command line only its entry
 * point.
 */
package dance;
