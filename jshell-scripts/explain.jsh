// Why numbers have their values: formula, substituted values, and the loops responsible.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/explain.jsh
var layer = Layer.conv("conv3", 256, 384).kernel(3).output(13);
var best = map(layer, Accelerators.eyeriss());
for (String name : List.of("cycles", "DRAM.reads.Inputs", "energy")) {
  show(explain(best, name));
  System.out.println();
}
System.out.println("every number that can be explained: " + String.join(", ", Explainer.of(best.evaluation()).names()));
/exit
