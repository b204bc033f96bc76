// The best mapping of one layer, under each dataflow.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/map.jsh
var layer = Layer.conv("conv3", 256, 384).kernel(3).output(13);
var chip = Accelerators.eyeriss();
for (Dataflow way : Dataflow.values()) {
  var best = map(layer, chip, o -> o.dataflow(way));
  var figures = best.evaluation();
  System.out.printf(Locale.ROOT, "%-17s  %,9d cycles  %.3f mJ%n", way, figures.cycles(), figures.energyPj() / 1e9);
}
System.out.println();
System.out.println("what moves under the row-stationary one:");
show(map(layer, chip, o -> o.dataflow(Dataflow.ROW_STATIONARY)));
/exit
