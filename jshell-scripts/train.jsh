// A small evaluator, trained from scratch to choose an accelerator and predict its cost.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/train.jsh
var costs = CostTable.bundled("mini");
System.out.println("training on " + costs);
var evaluator = trainEvaluator(costs, Objective.EDAP, o -> o.width(64).batch(128, 0.005).steps(600, 1000).seed(1));
System.out.printf(Locale.ROOT, "took %.0f s%n%n", evaluator.trainSeconds());
print(evaluator.fidelity());
var network = Genotype.parse("mb3e1,zero,mb3e6,zero");
System.out.println("it chooses " + evaluator.generate(network).name() + " for " + network);
System.out.println("the best is " + oracle(costs, network).get(0).accelerator().name());
evaluator.close();
/exit
