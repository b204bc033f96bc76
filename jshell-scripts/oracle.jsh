// The best of 4,335 accelerators for a network, and for 1,000 networks, from the bundled table.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/oracle.jsh
var costs = CostTable.bundled("mini");
var network = Genotype.parse("mb3e1,zero,mb3e6,zero");
for (var objective : List.of(Objective.EDAP, Objective.EDP, Objective.LATENCY, Objective.ENERGY)) {
  System.out.println("least " + objective.name() + " for " + network + ":");
  print(table(oracle(costs, network, o -> o.objective(objective).top(3))).removeColumns("network"));
  System.out.println();
}
print(Landscape.of(costs, Objective.EDAP, 1000, 1));
/exit
