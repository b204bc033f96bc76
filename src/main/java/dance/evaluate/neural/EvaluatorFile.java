package dance.evaluate.neural;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.util.JsonUtils;
import com.google.gson.GsonBuilder;
import dance.check.AtomicFile;
import dance.check.Rules;
import dance.cost.Constraint;
import dance.cost.Objective;
import dance.evaluate.Fidelity;
import dance.evaluate.TableIdentity;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a saved evaluator, as JSON. The weights are in a file beside it, in DJL's format:
 * those of the hardware generation network, then those of the cost estimation network.
 *
 * @param kind type and version of the file
 * @param madeFor spaces, technology and cost model, as in a table's header
 * @param goal what it minimises
 * @param options training options
 * @param training result of the training
 * @param weightsSha256 checksum of the other file
 */
record EvaluatorFile(
    String kind,
    Map<String, String> madeFor,
    Goal goal,
    EvaluatorOptions options,
    Training training,
    String weightsSha256) {

  /**
   * The objective of an evaluator.
   *
   * @param objective its name
   * @param limits constraints of the objective
   */
  record Goal(String objective, List<Constraint> limits) {
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(objective);
      limits.forEach(limit -> text.append(", ").append(limit));
      return text.toString();
    }
  }

  /**
   * A completed training.
   *
   * @param examples number of training examples, by network
   * @param trainSeconds duration of the training
   * @param fidelity measured after training
   * @param versions of the software used for training
   */
  record Training(
      Map<String, Long> examples,
      double trainSeconds,
      Fidelity fidelity,
      Map<String, String> versions) {}

  private static final String KIND = "dance neural evaluator, version 1";
  private static final String JSON = ".json";

  static EvaluatorFile of(NeuralEvaluator evaluator, byte[] weights) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", Torch.engine().getVersion());
    versions.put("java", System.getProperty("java.version"));
    return new EvaluatorFile(
        KIND,
        identity(evaluator).lines(),
        new Goal(evaluator.objective().name(), evaluator.objective().constraints()),
        evaluator.options(),
        new Training(
            evaluator.examples(), evaluator.trainSeconds(), evaluator.fidelity(), versions),
        sha256(weights));
  }

  private static TableIdentity identity(NeuralEvaluator evaluator) {
    return TableIdentity.of(
        evaluator.networkSpace(),
        evaluator.acceleratorSpace(),
        evaluator.acceleratorSpace().list(),
        evaluator.costModel());
  }

  String text() {
    return json().setPrettyPrinting().disableHtmlEscaping().create().toJson(this) + "\n";
  }

  private static GsonBuilder json() {
    FlatRecord flat = new FlatRecord(true);
    return JsonUtils.builder()
        .registerTypeHierarchyAdapter(Record.class, new FlatRecord(false))
        .registerTypeAdapter(EvaluatorOptions.class, flat)
        .registerTypeAdapter(EvaluatorFile.class, flat);
  }

  /**
   * Reads the header.
   *
   * @param name name of the file in messages
   */
  static EvaluatorFile parse(String name, byte[] json) {
    EvaluatorFile file;
    try {
      String text = new String(json, StandardCharsets.UTF_8);
      file = json().create().fromJson(text, EvaluatorFile.class);
    } catch (RuntimeException damaged) {
      // the parser's message concerns its own classes
      throw new IllegalArgumentException(
          name + " is no evaluator, or damaged: it is not the JSON of one", damaged);
    }
    new Rules()
        .require(
            file != null && KIND.equals(file.kind),
            "%s is not a %s, but %s",
            name,
            KIND,
            file == null ? "empty" : file.kind)
        .check();
    new Rules()
        .require(
            file.madeFor != null
                && file.goal.objective != null
                && file.goal.limits != null
                && file.options != null
                && file.training.examples != null
                && file.training.fidelity != null
                && file.weightsSha256 != null,
            "%s is truncated: parts of its header are missing",
            name)
        .check();
    return file;
  }

  /** All but the values of its fidelity, as texts. */
  Map<String, String> header() {
    Map<String, String> header = new LinkedHashMap<>(madeFor);
    header.put("objective", goal.toString());
    header.put("form", options.form().name().toLowerCase(Locale.ROOT));
    header.put("feature forwarding", options.featureForwarding() ? "yes" : "no");
    header.put("options", options.toString());
    header.put("examples", training.examples.toString());
    header.put("training", String.format(Locale.ROOT, "%.1f s", training.trainSeconds));
    header.put("versions", training.versions.toString());
    header.put("weights", "sha256 " + weightsSha256);
    return header;
  }

  /** The objective of its training, if its name is known. */
  Objective namedObjective() {
    Objective known = Objective.byName(goal.objective);
    for (Constraint limit : goal.limits) {
      known = known.atMost(limit.metric(), limit.limit());
    }
    return known;
  }

  /** Checks that spaces, accelerators and objective are those of the training. */
  void checkMadeFor(
      String name,
      NetworkSpace networks,
      AcceleratorSpace designs,
      String model,
      Objective wanted) {
    TableIdentity expected =
        TableIdentity.of(
            networks,
            designs,
            designs.list(),
            model == null ? madeFor.get(TableIdentity.MODEL) : model);
    List<String> differences = new ArrayList<>(new TableIdentity(madeFor).differences(expected));
    if (!new Goal(wanted.name(), wanted.constraints()).equals(goal)) {
      differences.add("objective is " + goal + ", not " + wanted);
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          name
              + " is the evaluator of something else:"
              + System.lineSeparator()
              + String.join(System.lineSeparator(), differences));
    }
  }

  /** Both networks' weights. */
  static byte[] weights(NeuralEvaluator evaluator) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      evaluator.generator.network.saveParameters(out);
      evaluator.estimator.network.saveParameters(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Loads the weights into an evaluator. */
  void restore(String name, byte[] weights, NeuralEvaluator evaluator) {
    new Rules()
        .require(
            sha256(weights).equals(weightsSha256),
            "weights of %s (%d bytes) are damaged, truncated or those of another evaluator",
            name,
            weights.length)
        .check();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(weights))) {
      evaluator.generator.network.load(evaluator.manager(), in);
      evaluator.estimator.network.load(evaluator.manager(), in);
    } catch (IOException | MalformedModelException unreadable) {
      throw new IllegalArgumentException(
          "weights of " + name + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** The file of the weights: {@code x.weights} beside {@code x.json}. */
  static String weightsName(String json) {
    new Rules()
        .require(json.endsWith(JSON), "evaluator file %s must end with %s", json, JSON)
        .check();
    return json.substring(0, json.length() - JSON.length()) + ".weights";
  }

  /**
   * Writes both files: after a crash in between, the checksum shows that they do not belong
   * together.
   */
  static void write(NeuralEvaluator evaluator, Path json) {
    byte[] weights = weights(evaluator);
    Path beside = json.resolveSibling(weightsName(json.getFileName().toString()));
    String text = of(evaluator, weights).text();
    AtomicFile.write(beside, weights);
    AtomicFile.write(json, text);
  }

  /** Checksum of everything that the outputs of an evaluator depend on. */
  static String digest(NeuralEvaluator evaluator) {
    MessageDigest digest = TableIdentity.sha256();
    String words = evaluator.objective() + "; " + evaluator.options();
    digest.update(words.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(weights(evaluator)));
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(TableIdentity.sha256().digest(bytes));
  }
}
