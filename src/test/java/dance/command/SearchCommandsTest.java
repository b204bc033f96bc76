package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.bench.SearchBenchmark;
import dance.search.SearchMethods;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands explore and compare. */
class SearchCommandsTest {
  @TempDir private static Path folder;
  private static String table;
  private static String accuracies;

  private Terminal terminal;

  @BeforeEach
  void build() throws IOException {
    terminal = new Terminal(folder);
    if (table != null) {
      return;
    }
    table =
        MadeUpTable.write(
            folder.resolve("mini.table"), AcceleratorSpace.dance().pes(8, 16).rf(4, 64));
    List<String> lines = new ArrayList<>(List.of("genotype,seed,accuracy"));
    for (Genotype genotype : NetworkSpace.mini().genotypes().toList()) {
      long zeros = genotype.operations().stream().filter("zero"::equals).count();
      long wide = genotype.operations().stream().filter(o -> o.endsWith("6")).count();
      lines.add("\"" + genotype + "\",1," + (0.8 - 0.05 * zeros + 0.02 * wide));
    }
    Path file = folder.resolve("accuracies.csv");
    Files.writeString(file, String.join("\n", lines) + "\n");
    accuracies = file.toString();
  }

  private int run(String command, String... more) {
    List<String> line = new ArrayList<>(List.of(command));
    List<String> given = Arrays.asList(more);
    Stream.of(
            "--task=tabular:" + accuracies,
            "--table=" + table,
            "--threads=1",
            "--out=" + folder.resolve("out"))
        .filter(o -> given.stream().noneMatch(g -> g.startsWith(o.substring(0, o.indexOf('=')))))
        .forEach(line::add);
    line.addAll(given);
    return terminal.dance(line.toArray(String[]::new));
  }

  @Test
  void exploreFindsTheOptimumAndWritesEverything() throws IOException {
    assertThat(run("explore")).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .startsWith("mini table × dance, EDAP, λ = 0.1\n")
        .contains("DANCE exact ", "as predicted", "accuracy only ", "optimum ")
        .containsPattern("DANCE exact +\\d.* 0\\n")
        .contains(
            "full information: the gradient of 36 known accuracies", "optimum of 864 designs");
    for (String file :
        List.of("explore.json", "trace.csv", "front.csv", "pareto.svg", "trace.svg")) {
      assertThat(folder.resolve("out").resolve(file)).isNotEmptyFile();
    }
    List<String> front = Files.readAllLines(folder.resolve("out/front.csv"));
    assertThat(front.get(0)).startsWith("network,accelerator,accuracy,latency_ms");
    assertThat(front).hasSizeGreaterThan(2);
  }

  /** What is found is written for others: its mappings, and the network itself. */
  @Test
  void exploreExportsTheNetworkAndItsMappings() throws IOException {
    Path model = folder.resolve("found.onnx");
    Path files = folder.resolve("found-timeloop");
    assertThat(
            run(
                "explore",
                "--json",
                "--epochs=3",
                "--onnx=" + model,
                "--export",
                "timeloop",
                files.toString()))
        .as(terminal.err())
        .isZero();
    Map<?, ?> found = (Map<?, ?>) terminal.json().get("found");
    Genotype genotype = Genotype.parse(String.valueOf(found.get("network")));
    long macs =
        NetworkSpace.mini().network(genotype).layers().stream()
            .mapToLong(dance.workload.Layer::macs)
            .sum();
    assertThat(dance.interchange.onnx.OnnxNetwork.read(model).network().macs()).isEqualTo(macs);
    try (java.util.stream.Stream<Path> folders = Files.list(files)) {
      Path first = folders.sorted().findFirst().orElseThrow();
      assertThat(dance.interchange.TimeloopFiles.read(List.of(first)).evaluation().cycles())
          .isPositive();
    }
    assertThat(run("explore", "--onnx=" + folder.resolve("none/found.onnx"))).isEqualTo(2);
    assertThat(terminal.err()).contains("does not exist (--onnx)");
  }

  @Test
  void otherSearchesStandBesideAndSeveralTrainingsHaveAnInterval() throws IOException {
    List<String> lines = new ArrayList<>(List.of("genotype,seed,accuracy"));
    for (String line : Files.readAllLines(Path.of(accuracies)).stream().skip(1).toList()) {
      lines.add(line);
      lines.add(line.replace(",1,0.", ",2,0.0"));
    }
    Path several = Files.write(folder.resolve("several.csv"), lines);
    String columns = "--columns=network=genotype,accuracy=accuracy";
    assertThat(run("explore", "--beside=flops,hill", "--task=tabular:" + several, columns))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out())
        .contains("of trainings [%]", "FLOPs penalty ", "hill climbing ", "optimum ")
        .containsPattern("optimum +\\d\\S+ +\\S+ ± ")
        .doesNotContain("accuracy only");
    assertThat(run("explore", "--beside=exact,flops,flops")).isEqualTo(2);
    assertThat(terminal.err()).contains("methods exact,flops,flops beside exact must differ");
    assertThat(run("explore", "--task=fashion-mnist-part", "--beside=random")).isEqualTo(2);
    assertThat(terminal.err()).contains("method random trains every network that it evaluates");
  }

  @Test
  void exploreHasTheKeysThatOthersRead() {
    assertThat(run("explore", "--json", "--objective=linear:1,1,1", "--seed=4", "--epochs=3"))
        .isZero();
    Map<?, ?> top = terminal.json();
    Map<?, ?> found = (Map<?, ?>) top.get("found");
    assertThat(found.get("regret")).isEqualTo(0.0);
    assertThat(found.get("seed")).isEqualTo(4);
    assertThat(found.get("simulated")).isEqualTo(found.get("predicted"));
    assertThat(found.containsKey("cost_model_calls")).isTrue();
    assertThat(((Map<?, ?>) top.get("accuracy_only")).get("accuracy")).isEqualTo(0.8 + 2 * 0.02);
    assertThat(((Map<?, ?>) top.get("optimum")).get("designs")).isEqualTo(864);
    assertThat((List<?>) top.get("trace")).hasSizeGreaterThan(5);
  }

  @Test
  void limitsAreKeptOrRefused() {
    assertThat(run("explore", "--json", "--lambda=0")).isZero();
    Map<?, ?> free = (Map<?, ?>) ((Map<?, ?>) terminal.json().get("found")).get("simulated");
    double limit = 0.6 * (Double) free.get("latency_ms");
    assertThat(run("explore", "--json", "--lambda=0", "--at-most=latency=" + limit)).isZero();
    Map<?, ?> found = (Map<?, ?>) terminal.json().get("found");
    assertThat(found.get("keeps_limits")).isEqualTo(true);
    assertThat((Double) ((Map<?, ?>) found.get("simulated")).get("latency_ms"))
        .isLessThanOrEqualTo(limit);
    assertThat(run("explore", "--at-most=latency=1e-6")).isEqualTo(2);
    assertThat(terminal.err())
        .contains("cannot be kept: the least that any network reaches is ")
        .doesNotContain("Exception");
  }

  @Test
  void anEarlierSearchResumes() throws IOException {
    Path kept = folder.resolve("kept/and/made");
    assertThat(run("explore", "--json", "--resume=" + kept)).isZero();
    Object first = ((Map<?, ?>) terminal.json().get("found")).get("network");
    assertThat(kept.resolve("search.checkpoint")).exists();
    assertThat(run("explore", "--json", "--resume=" + kept)).isZero();
    assertThat(((Map<?, ?>) terminal.json().get("found")).get("network")).isEqualTo(first);
    assertThat(run("explore", "--seed=2", "--resume=" + kept)).isEqualTo(2);
    assertThat(terminal.err()).contains("is of another search");
  }

  @Test
  void aNeuralEvaluatorIsUsedAndItsErrorSeen() {
    String evaluator = folder.resolve("e.json").toString();
    assertThat(
            terminal.dance(
                "evaluator",
                "train",
                "--table=" + table,
                "--generator-steps=60",
                "--estimator-steps=60",
                "--width=16",
                "--out=" + evaluator))
        .isZero();
    assertThat(run("explore", "--json", "--evaluator=neural", "--evaluator-file=" + evaluator))
        .as(terminal.err())
        .isZero();
    Map<?, ?> found = (Map<?, ?>) terminal.json().get("found");
    assertThat(found.get("method")).isEqualTo("DANCE");
    assertThat(found.get("simulated")).isNotEqualTo(found.get("predicted"));
    assertThat((Double) found.get("evaluator_seconds")).isPositive();
    assertThat((Double) found.get("seconds"))
        .isGreaterThan((Double) found.get("evaluator_seconds"));
    String file = "--evaluator-file=" + evaluator;
    assertThat(run("compare", "--seeds=1", "--methods=neural", file, file)).isZero();
    assertThat(terminal.out()).contains("DANCE  ").doesNotContain("without FF");
    assertThat(run("explore", "--evaluator=neural-noff", file)).isEqualTo(2);
    assertThat(terminal.err()).contains("is without feature forwarding (--evaluator-file)");
    assertThat(run("compare", "--seeds=1", "--methods=neural-noff", file, file)).isEqualTo(2);
    assertThat(terminal.err()).contains("is without feature forwarding (--evaluator-file)");
  }

  @Test
  void theHelpTextNamesAllMethodsAndTheDefaults() {
    assertThat(run("compare", "--help")).isZero();
    String help = terminal.out().replaceAll("\\s+", "");
    assertThat(help)
        .contains("Of" + String.join(",", SearchMethods.names()))
        .contains("images;otherwise" + words(SearchMethods.usual(false)) + ")")
        .contains("rows" + words(SearchMethods.usual(true)) + "for");
  }

  private static String words(List<SearchMethods> methods) {
    return methods.stream().map(SearchMethods::word).collect(Collectors.joining(","));
  }

  @Test
  void methodsAreCompared() throws IOException {
    assertThat(run("compare", "--seeds=3", "--budget=300 evaluations")).isZero();
    assertThat(terminal.out())
        .contains("method ", "regret [%]", "within 1 %", "DANCE exact", "NSGA-II", "hill climbing")
        .contains("3 of 3", "optimum of 864 designs", "costs Eyeriss 65 nm (chip)");
    List<String> rows = Files.readAllLines(folder.resolve("out/compare.csv"));
    assertThat(rows).hasSize(1 + SearchMethods.usual(false).size() * 3);
    assertThat(folder.resolve("out/regret.svg")).isNotEmptyFile();
    List<String> front = Files.readAllLines(folder.resolve("out/front.csv"));
    assertThat(front.get(0)).startsWith("method,seed,network,accelerator,accuracy,");
    assertThat(front).hasSizeBetween(2, 1 + 7 * 3).doesNotHaveDuplicates();
    assertThat(run("compare", "--seeds=2", "--methods=exact,random", "--json")).isZero();
    Map<?, ?> methods = (Map<?, ?>) terminal.json().get("methods");
    assertThat(methods.keySet().toArray()).containsExactly("DANCE exact", "random");
    assertThat(((Map<?, ?>) methods.get("DANCE exact")).get("within_one_percent")).isEqualTo(2);
    List<?> best = (List<?>) terminal.json().get("front");
    List<Double> accuracies = best.stream().map(d -> accuracyOf((Map<?, ?>) d)).toList();
    assertThat(accuracies).isNotEmpty().isSorted().doesNotHaveDuplicates();
  }

  private static Double accuracyOf(Map<?, ?> design) {
    return (Double) design.get("accuracy");
  }

  /** Output without the times of the searches. */
  private static String untimed(String output) {
    return output
        .replaceAll("\\s+", " ")
        .replaceAll("\"time \\[s\\]\": \\{[^}]*\\}", "")
        .replaceAll("\"[a-z_]*seconds[a-z_]*\": [^,}]*", "");
  }

  @Test
  void shardsMergedAreTheComparisonOfOneMachine() throws IOException {
    String[] line = {
      "--seeds=3", "--methods=random,nsga2", "--budget=40 evaluations", "--lambda=0.2"
    };
    String whole = "--out=" + folder.resolve("whole");
    assertThat(run("compare", line[0], line[1], line[2], line[3], whole, "--json")).isZero();
    String expected = terminal.out();
    List<String> files = new ArrayList<>();
    for (int k = 1; k <= 4; k++) {
      String out = "--out=" + folder.resolve("shards");
      assertThat(run("compare", line[0], line[1], line[2], line[3], out, "--shard=" + k + "/4"))
          .as(terminal.err())
          .isZero();
      files.add(folder.resolve("shards/compare.shard-" + k + "-of-4").toString());
    }
    String merged = folder.resolve("merged").toString();
    List<String> merge = new ArrayList<>(List.of("compare", "merge", "--json", "--out=" + merged));
    merge.addAll(files);
    assertThat(terminal.dance(merge.toArray(String[]::new))).as(terminal.err()).isZero();
    assertThat(untimed(terminal.out())).isEqualTo(untimed(expected));
    assertThat(Path.of(merged, "front.csv"))
        .hasSameTextualContentAs(folder.resolve("whole/front.csv"));
    assertThat(terminal.dance("compare", "merge", files.get(0), files.get(2), files.get(2)))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("compare.shard-3-of-4 is given twice");
    String twin = Files.copy(Path.of(files.get(2)), folder.resolve("twin")).toString();
    assertThat(terminal.dance("compare", "merge", files.get(2), twin)).isEqualTo(2);
    assertThat(terminal.err()).contains("shard 3/4 is there twice");
    assertThat(terminal.dance("compare", "merge", files.get(0), files.get(2))).isEqualTo(2);
    assertThat(terminal.err()).contains("2 of 4 shards are missing: 2/4, 4/4");
    String other = "--out=" + folder.resolve("other");
    assertThat(run("compare", line[0], line[1], line[2], other, "--shard=2/4")).isZero();
    String foreign = folder.resolve("other/compare.shard-2-of-4").toString();
    assertThat(terminal.dance("compare", "merge", files.get(0), foreign)).isEqualTo(2);
    assertThat(terminal.err()).contains("is of another comparison than", "options is ");
    byte[] bytes = Files.readAllBytes(Path.of(foreign));
    bytes[bytes.length - 9] ^= 4;
    Files.write(Path.of(foreign), bytes);
    assertThat(terminal.dance("compare", "merge", files.get(0), foreign)).isEqualTo(2);
    assertThat(terminal.err()).contains("is damaged");
  }

  @Test
  void seedsAreThoseThatAreNamed() throws IOException {
    assertThat(run("compare", "--seeds=2", "--seed=7", "--methods=random", "--json")).isZero();
    Map<?, ?> random = (Map<?, ?>) ((Map<?, ?>) terminal.json().get("methods")).get("random");
    assertThat(((List<?>) random.get("searches")).stream().map(s -> ((Map<?, ?>) s).get("seed")))
        .extracting(Object::toString)
        .containsExactly("7", "8");
    assertThat(random.containsKey("median_evaluations_to_one_percent")).isTrue();
    String[] brief = {"--seeds=1", "--methods=exact", "--epochs=1", "--steps=2", "--json"};
    assertThat(run("compare", brief)).isZero();
    assertThat(run("compare", "--learning-rate=0.3", "--seeds=1", "--methods=exact")).isZero();
    assertThat(folder.resolve("out/regret.png")).isNotEmptyFile();
  }

  @Test
  void randomLimitsAreKeptByASearchWithConstraints() throws IOException {
    assertThat(run("compare", "--random-limits=5", "--budget=200")).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("exceeded by the optimum without limits: ", "kept, limits kept: 5 of 5")
        .containsPattern("(latency|energy|area) ≤ ");
    assertThat(Files.readAllLines(folder.resolve("out/limits.csv"))).hasSize(1 + 5 * 2);
    assertThat(run("compare", "--random-limits=5", "--budget=200", "--json")).isZero();
    assertThat(terminal.json().get("kept_with_limits")).isEqualTo(5);
    assertThat((List<?>) terminal.json().get("rows")).hasSize(10);
  }

  @Test
  void imagesAreComparedForSeveralObjectivesAndNothingIsSearchedForTwice() throws IOException {
    String[] line = {
      "--task=fashion-mnist-part",
      "--images=100,50",
      "--objective=edap",
      "--objective=linear:1000,1000,1",
      "--methods=accuracy,exact",
      "--seeds=2",
      "--epochs=2",
      "--out=" + folder.resolve("images")
    };
    assertThat(run("compare", line)).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("Fashion-MNIST part mini × dance, EDAP, λ = 0.1, budget unlimited, seeds 1 to 2")
        .contains("dance, linear:1000,1000,1, λ = 0.1")
        .contains("accuracy [%]", "latency [ms]", "EDAP [mJ·ms·mm²]", "time [s]", " ± ")
        .doesNotContain("regret", "NaN");
    String first = Files.readString(folder.resolve("images/compare.csv"));
    List<String> rows = first.lines().toList();
    assertThat(rows).hasSize(1 + 2 * 2 * 2);
    assertThat(rows.get(0)).startsWith("objective,method,seed,network,accelerator,accuracy,");
    assertThat(rows.get(1)).startsWith("edap,accuracy only,1,");
    assertThat(rows.get(8)).startsWith("\"linear:1000,1000,1\",DANCE exact,2,");
    // without a hardware term the objective decides on the accelerator alone
    assertThat(rows.get(1).split("\"")[1]).isEqualTo(rows.get(5).split("\"")[3]);
    // times would differ if anything had been searched for again
    assertThat(run("compare", line)).isZero();
    assertThat(folder.resolve("images/compare.csv")).hasContent(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explore | --task=minni | task minni is not one of mini, nasbench201:FILE.csv,"
            + " nasbench-macro:FILE.json, tabular:FILE.csv, fashion-mnist-part, fashion-mnist:FOLDER, fashion-mnist:download, cifar10:FOLDER,"
            + " cifar10:download. Maybe mini was",
        "explore | --task=tabular:nothing.csv | nothing.csv: no such file (--task)",
        "explore | --objective=edpa | objective edpa is not one of",
        "explore | --at-most=latancy=3 | Maybe latency=3 was meant",
        "explore | --lambda=-1 | lambda (-1.0) must be finite and not negative",
        "explore | --evaluator=exakt | search method exakt is not one of exact, neural,"
            + " neural-noff",
        "explore | --epochs=0 | epochs (0) must be at least 1",
        "explore | --threads=0 | threads (0) must be at least 1",
        "explore | --resume=pom.xml/deep | pom.xml/deep: cannot be made, as ",
        "explore | --table=nowhere.table | nowhere.table: no such file (--table)",
        "explore | --space=cifer | cifer",
        "explore | --objective=edap --objective=edp | objective must be one, not [edap, edp]",
        "explore | --task=fashion-mnist-part --images=30 | images must be two numbers such as",
        "explore | --task=fashion-mnist-part --images=10000,10 | must not exceed the 9000",
        "explore | --task=cifar10:nowhere | nowhere/data_batch_1.bin: no such file. Maybe download",
        "compare | --methods=exact,best | search method best is not one of exact, neural,",
        "compare | --methods=exact,rndom | Maybe random was meant",
        "explore | --evaluator=nueral | Maybe neural was meant",
        "compare | --budget=1000 tries | budget 1000 tries must be a number and",
        "compare | --seeds=0 | seeds (0) must be at least 1",
        "compare | --shard=5/4 | shard 5/4 must be one of 1/4 to 4/4",
        "compare | --shard=1/2 --random-limits=3 | --shard is for methods",
        "compare | --epochs=0 | epochs (0) must be at least 1",
        "compare | --steps=0 | steps per epoch (0) must be at least 1",
        "compare | --learning-rate=-1 | learning rate (-1.0) must be positive",
        "compare | --random-limits=0 | random limits (0) must be at least 1",
        "compare | --methods=random,random | methods random,random must have different names",
        "compare | --methods=neural-noff,neural-noff | methods neural-noff,neural-noff must have",
        "compare | --random-limits=3 --methods=exact | no --methods with it",
        "compare | --random-limits=3 --seeds=2 | no --seeds with it",
        "compare | --random-limits=3 --objective=edap --objective=edp | is for one --objective",
        "compare | --evaluator-file=pom.xml --methods=exact | is for --methods neural or"
            + " neural-noff",
        "compare | --task=fashion-mnist-part --methods=random | method random trains every network",
        "compare | --task=fashion-mnist-part --methods=exact,nsga2 | Maybe --budget \"20"
            + " evaluations",
        "compare | --threads=0 --methods=random | threads (0) must be at least 1",
        "compare | --out=pom.xml | pom.xml: cannot be made, as ",
        "explore | --out=pom.xml/deep | pom.xml/deep: cannot be made, as ",
        "explore | --out=pom.xml --resume=src | pom.xml: cannot be made, as ",
        "explore | --evaluator-file=pom.xml | --evaluator-file is for --evaluator neural or"
            + " neural-",
        "explore | --evaluator=neural --evaluator-file=no.json | no.json: no such file"
            + " (--evaluator-",
        "explore | --images=3,4 | --images is for tasks of images, not for tabular:",
        "explore | --task=mini --space=cifar | --space is not for task mini",
        "explore | --task=fashion-mnist-part --threads=0 | threads (0) must be at least 1"
      })
  void badValuesAreSaidInALine(String command, String options, String message) {
    assertThat(run(command, options.split(" (?=--)"))).isEqualTo(2);
    assertThat(terminal.err()).contains(message).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explore | --epochs=0 --threads=0 --lambda=-1 --objective=edpa --at-most=x --out=pom.xml"
            + " --table=no.table --task=minni | epochs (0);threads (0);lambda (-1.0);edpa;x;"
            + "pom.xml: cannot;no.table: no such;minni is",
        "compare | --seeds=0 --budget=ten --steps=0 --objective=edpa | seeds (0);ten;steps per;edpa"
      })
  void allThatIsWrongIsSaidAtOnce(String command, String options, String messages) {
    assertThat(run(command, options.split(" (?=--)"))).isEqualTo(2);
    assertThat(terminal.err()).contains(messages.split(";")).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluator train --objective=edpa --at-most=x --width=0 --generator-steps=0 --space=cifer"
            + " --out=no/e.json | edpa;x;width (0);steps (0;cifer;folder ",
        "fronts --methods=rndom,hil --seeds=x --budget=ten | Maybe random;Maybe hill;seeds (x);ten",
        "fronts --methods=hill,Hill | methods hill,hill must have different names",
        "supernet compare no.net --validated=no.csv --methods=hill,hill --seeds=0 --budget=-1"
            + " | methods hill,hill must have different names;seeds (0);"
            + "budget (-1.0) must be positive;no.net: no such;no.csv: no such",
        "table build --space=cifer --threads=0 --out=no/x.table | cifer;threads (0);folder ",
        "oracle --network=, --objective=edpa --top=0 --table=no.table | edpa;top (0);no.table: no"
      })
  void otherCommandsSayAllThatIsWrongToo(String line, String messages) {
    assertThat(terminal.dance(line.split(" "))).isEqualTo(2);
    assertThat(terminal.err()).contains(messages.split(";")).doesNotContain("Exception");
  }

  @Test
  void aRefusedSearchLeavesTheCheckpointOfAnotherAsItIs() throws IOException {
    String out = "--out=" + folder.resolve("careful");
    Path kept = folder.resolve("careful/checkpoint/search.checkpoint");
    assertThat(run("explore", out)).as(terminal.err()).isZero();
    byte[] before = Files.readAllBytes(kept);
    Path damaged = folder.resolve("damaged.json");
    Files.writeString(damaged, "a letter to my aunt");
    String file = "--evaluator-file=" + damaged;
    for (List<String> bad :
        List.of(
            List.of("--epochs=0"),
            List.of("--threads=0"),
            List.of("--at-most=latency=1e-6"),
            List.of("--evaluator=neural", file))) {
      List<String> line = new ArrayList<>(bad);
      line.add(out);
      assertThat(run("explore", line.toArray(String[]::new))).isEqualTo(2);
      assertThat(kept).as("after " + bad).hasBinaryContent(before);
    }
    assertThat(terminal.err())
        .contains("damaged.json is no evaluator, or damaged")
        .doesNotContain("Exception", "http");
    assertThat(run("explore", out, "--seed=2")).isZero();
    assertThat(Files.readAllBytes(kept)).isNotEqualTo(before);
  }

  @Test
  void whatIsStoppedWhileItsEvaluatorTrainsCanGoOn() {
    Path checkpoints = folder.resolve("stopped/checkpoint");
    terminal.interruptAt("training an evaluator");
    int exitCode = run("explore", "--evaluator=neural-noff", "--out=" + folder.resolve("stopped"));
    assertThat(Thread.interrupted()).as(terminal.err()).isTrue();
    assertThat(exitCode).as(terminal.err()).isEqualTo(130);
    assertThat(checkpoints).isDirectory();
    assertThat(terminal.err()).contains("resume with --resume " + checkpoints);
  }

  @Test
  void anEvaluatorThatWasTrainedForASearchIsUsedWhenItResumes() throws IOException {
    Path checkpoints = Files.createDirectories(folder.resolve("trained"));
    String name = "noff-mini-dance-edap.json";
    assertThat(
            terminal.dance(
                "evaluator",
                "train",
                "--table=" + table,
                "--no-feature-forwarding",
                "--generator-steps=60",
                "--estimator-steps=60",
                "--width=16",
                "--out=" + checkpoints.resolve(name)))
        .isZero();
    assertThat(run("explore", "--json", "--evaluator=neural-noff", "--resume=" + checkpoints))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.err()).doesNotContain("training an evaluator");
    Map<?, ?> found = (Map<?, ?>) terminal.json().get("found");
    assertThat(found.get("method")).isEqualTo("DANCE without FF");
    assertThat(checkpoints.resolve("search.checkpoint")).exists();
  }

  @Test
  void theSpeedOfSearchesIsMeasured() {
    SearchBenchmark speed =
        SearchBenchmark.measure(NetworkSpace.mini(), AcceleratorSpace.dance().pes(8, 16), 40, 0.2);
    assertThat(speed.stepsPerSecond()).isPositive();
    assertThat(speed.designsPerSecond()).isPositive();
    assertThat(speed.imagesPerSecond()).isPositive();
  }

  @Test
  void anEvaluatorAtLeastIsMeasured() {
    assertThat(terminal.dance("bench", "evaluator", "--seeds=0")).isEqualTo(2);
    assertThat(terminal.err()).contains("seeds (0) must be at least 1");
  }

  @Test
  void theSpeedsHaveTheKeysThatOthersRead() {
    assertThat(terminal.dance("bench", "search", "--json")).isZero();
    Map<?, ?> top = terminal.json();
    assertThat(top.keySet().toArray())
        .containsExactly("steps_per_second", "designs_per_second", "images_per_second");
    assertThat(top.values()).allMatch(speed -> (Double) speed > 0);
  }
}
