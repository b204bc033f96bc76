package dance;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Chip;
import dance.accelerator.Template;
import dance.check.Nearest;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.DesignCosts;
import dance.evaluate.HardwareOracle;
import dance.interchange.AcceleratorReader;
import dance.interchange.ExportFormat;
import dance.interchange.NetworkReader;
import dance.interchange.NetworkSpaceFile;
import dance.interchange.onnx.OnnxOptions;
import dance.search.CoExplorerOptions;
import dance.search.SearchMethod;
import dance.search.SearchMethods;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.TabularTask;
import dance.search.Task;
import dance.simulate.mapping.Mapping;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Resolves arguments of the verbs: objects, names, and files. */
final class Named {
  /** Weight of the cost for a problem given by name; as the command line's. */
  private static final double LAMBDA = 0.1;

  private Named() {}

  static Network network(Object given) {
    if (given instanceof Network network) {
      return network;
    }
    if (given instanceof Layer layer) {
      return Network.of(layer.name(), layer);
    }
    return network(given, OnnxOptions.defaults());
  }

  /** Of a name or a file; the network's own sizes are not touched. */
  static Network network(Object given, OnnxOptions sizes) {
    if (given instanceof Path file) {
      return NetworkReader.read(file, sizes).value();
    }
    if (!(given instanceof CharSequence)) {
      throw wrong(
          given,
          "network",
          "a Network, a Layer, a name such as \"alexnet\", or a file such as \"model.onnx\"");
    }
    String name = given.toString();
    if (!Networks.isQualified(name) && name.matches("(?s).*([/\\\\]|\\.[A-Za-z]\\w{0,7}$).*")) {
      return network(Path.of(name), sizes);
    }
    Network network = Networks.byName(name);
    return sizes.batch() == 1 ? network : network.batch(sizes.batch());
  }

  static Accelerator accelerator(Object given) {
    if (given instanceof Accelerator accelerator) {
      return accelerator;
    }
    if (given instanceof Template template) {
      return template.accelerator();
    }
    if (given instanceof Chip chip) {
      return chip.accelerator();
    }
    if (given instanceof Path file) {
      return AcceleratorReader.read(file).value();
    }
    if (given instanceof CharSequence name) {
      return isFile(name, ".yaml") || isFile(name, ".yml") || name.toString().matches(".*[/\\\\].*")
          ? AcceleratorReader.read(Path.of(name.toString())).value()
          : Accelerators.byName(name.toString());
    }
    throw wrong(
        given,
        "accelerator",
        "an Accelerator, a Template, a Chip, a name such as \"eyeriss\", or a file of Timeloop, AccelForge or ZigZag");
  }

  static Einsum einsum(Object given) {
    if (given instanceof Einsum einsum) {
      return einsum;
    }
    if (given instanceof Layer layer) {
      return layer.einsum();
    }
    if (given instanceof CharSequence text && text.toString().contains("/")) {
      int slash = text.toString().lastIndexOf('/');
      Network network = network(text.subSequence(0, slash));
      return layer(network, text.toString().substring(slash + 1)).einsum();
    }
    throw wrong(given, "layer", "a Layer, an Einsum, or a name such as \"alexnet/conv3\"");
  }

  /**
   * The layer of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists all layers
   */
  static Layer layer(Network network, String name) {
    List<String> names = network.layers().stream().map(Layer::name).toList();
    return network.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "network %s has no layer %s, only %s.%s"
                        .formatted(
                            network.name(),
                            name,
                            String.join(", ", names),
                            Nearest.maybe(name, names))));
  }

  static List<Accelerator> accelerators(Object given) {
    if (given instanceof AcceleratorSpace space) {
      return space.list();
    }
    return given instanceof Collection<?> several
        ? several.stream().map(Named::accelerator).toList()
        : List.of(accelerator(given));
  }

  static Mapping mapping(Object given, Einsum einsum, Accelerator accelerator) {
    if (given instanceof Mapping mapping) {
      return mapping;
    }
    if (given instanceof CharSequence text) {
      return Mapping.parse(text.toString(), einsum, accelerator);
    }
    throw wrong(
        given, "mapping", "a Mapping, or a text such as \"DRAM: K=4 | GLB: P=13; X: C=14\"");
  }

  static NetworkSpace space(Object given) {
    if (given instanceof NetworkSpace space) {
      return space;
    }
    if (given instanceof Path file) {
      return NetworkSpaceFile.read(file);
    }
    if (given instanceof CharSequence name) {
      return isFile(name, ".yaml") || isFile(name, ".yml")
          ? NetworkSpaceFile.read(Path.of(name.toString()))
          : NetworkSpace.byName(name.toString());
    }
    throw wrong(
        given, "network space", "a NetworkSpace, a name such as \"mini\", or a file of YAML");
  }

  static Genotype genotype(Object given) {
    if (given instanceof Genotype genotype) {
      return genotype;
    }
    if (given instanceof SearchResult found) {
      return found.genotype();
    }
    if (given instanceof CharSequence text) {
      return Genotype.parse(text.toString());
    }
    throw wrong(given, "network of a space", "a Genotype, its text, or the result of explore");
  }

  static ExportFormat format(Object given) {
    if (given instanceof ExportFormat format) {
      return format;
    }
    if (given instanceof CharSequence word) {
      return ExportFormat.parse(word.toString());
    }
    throw wrong(given, "format", "an ExportFormat, or a word such as \"timeloop\"");
  }

  static Path file(Object given) {
    if (given instanceof Path || given instanceof CharSequence) {
      return Path.of(given.toString());
    }
    throw wrong(given, "file", "a Path, or its text");
  }

  static CostTable table(Object given) {
    if (given instanceof CostTable table) {
      return table;
    }
    if (given instanceof CharSequence space) {
      return CostTable.bundled(space.toString());
    }
    throw wrong(given, "cost table", "a CostTable, or the name of a bundled one such as \"mini\"");
  }

  static DesignCosts costs(CostTable table, Object network) {
    HardwareOracle oracle = HardwareOracle.of(table);
    if (network instanceof Genotype genotype) {
      return oracle.costs(genotype);
    }
    if (network instanceof Network built) {
      return oracle.costs(built);
    }
    if (network instanceof CharSequence text) {
      return oracle.costs(Genotype.parse(text.toString()));
    }
    throw wrong(network, "network of a space", "a Genotype, its text, or a Network");
  }

  static SearchProblem problem(Object given) {
    if (given instanceof SearchProblem problem) {
      return problem;
    }
    if (given instanceof CharSequence name) {
      if (!name.toString().strip().equalsIgnoreCase("mini")) {
        throw new IllegalArgumentException(
            "accuracies of %s are not bundled, only those of mini. Maybe SearchProblem.of(task, table, objective, lambda) with a task of your own."
                .formatted(name));
      }
      return SearchProblem.of(TabularTask.mini(), table("mini"), Objective.EDAP, LAMBDA);
    }
    if (given instanceof Task task) {
      CostTable costs = CostTable.bundled(task.space(), AcceleratorSpace.dance());
      return SearchProblem.of(task, costs, Objective.EDAP, LAMBDA);
    }
    throw wrong(given, "search problem", "a SearchProblem, a Task, or the name \"mini\"");
  }

  static SearchMethod method(Object given, SearchProblem problem) {
    if (given instanceof SearchMethod method) {
      return method;
    }
    if (given instanceof CharSequence name) {
      return SearchMethods.byName(name.toString())
          .with(CoExplorerOptions.usual(problem.task().trains()));
    }
    throw wrong(given, "search method", "a SearchMethod, or a name such as \"exact\"");
  }

  private static boolean isFile(CharSequence name, String ending) {
    return name.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static IllegalArgumentException wrong(Object given, String what, String forms) {
    return new IllegalArgumentException(
        "%s (%s) is not a %s: it may be %s"
            .formatted(
                given, given == null ? "nothing" : given.getClass().getSimpleName(), what, forms));
  }
}
