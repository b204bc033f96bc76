// A network on an accelerator, layer by layer and in total.
//   jshell --class-path target/dance.jar --startup DEFAULT --startup jshell-scripts/dance.jsh jshell-scripts/simulate.jsh
System.out.println("AlexNet on Eyeriss: the best row-stationary mapping of each layer");
var alexnet = simulate("alexnet", "eyeriss");
show(alexnet);
System.out.println();
System.out.println("in total: " + alexnet.metrics());
/exit
