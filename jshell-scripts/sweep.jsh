// One network on every accelerator of a small space, without a table.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/sweep.jsh
var network = NetworkSpace.mini().network(Genotype.parse("mb3e1,zero,mb3e6,zero"));
var space = AcceleratorSpace.dance().pes(8, 16).rf(16);
System.out.println(network.name() + " on the " + space.size() + " designs of " + space);
var designs = sweep(network, space.list());
print(table(designs).removeColumns("network").sortOn("EDAP [mJ·ms·mm²]"));
System.out.println();
System.out.println("no design has less latency, energy and area than one of these:");
print(table(ParetoFront.of(designs, Metric.LATENCY, Metric.ENERGY, Metric.AREA)).removeColumns("network"));
/exit
