// A network together with its accelerator, beside two other ways to search and the true optimum, by the tables that come with the program.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/explore.jsh
var problem = SearchProblem.of(TabularTask.mini(), CostTable.shipped("mini"), Objective.EDAP, 0.1);
var truth = JointTruth.of(problem, 2);
var found = explore(problem);
System.out.println("found    " + found.genotype() + " on " + found.accelerator().name() + ", accuracy " + found.accuracy());
System.out.println("optimum  " + truth.best().network() + " on " + truth.best().accelerator().name() + " of " + truth.pairs() + " pairs");
System.out.println("regret   " + truth.regret(found.value(), found.feasible()));
var compared = compare(problem, 5, Budget.evaluations(200), RandomSearch.defaults(), HillClimbing.defaults(), CoExplorer.exact(CoExplorerOptions.defaults()));
compared.results().forEach((method, results) -> System.out.println(method + " " + results.stream().mapToDouble(SearchResult::value).summaryStatistics()));
/exit
