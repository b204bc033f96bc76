// A network together with its accelerator, beside two other search methods and the exhaustive optimum, with the bundled tables.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/explore.jsh
var problem = SearchProblem.of(TabularTask.mini(), CostTable.bundled("mini"), Objective.EDAP, 0.1);
var truth = ExhaustiveOptimum.of(problem, 2);
var found = explore(problem);
System.out.println("found    " + found);
System.out.println("optimum  " + truth.best().network() + " on " + truth.best().accelerator().name() + ", the best of " + truth);
System.out.printf(Locale.ROOT, "regret   %.2f %%%n%n", 100 * truth.regret(found.value(), found.feasible()));
var compared = compare(problem, 5, Budget.evaluations(20), RandomSearch.defaults(), HillClimbing.defaults(), CoExplorer.exact(CoExplorerOptions.defaults()));
print(table(compared).removeColumns("dataflow", "columns", "rows", "latency [ms]", "energy [mJ]", "area [mm²]", "EDP [mJ·ms]", "utilization [%]", "limits kept"));
/exit
