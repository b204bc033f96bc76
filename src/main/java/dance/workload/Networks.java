package dance.workload;

import dance.check.Nearest;
import dance.check.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bundled networks: one image or one sequence, ImageNet's 1,000 classes.
 *
 * <p>Parameters include biases, normalisation scales and shifts, and embedding tables, so that they
 * equal the published totals. Activation functions and normalisation have no MACs and are no
 * layers; pooling and additions are, for their memory traffic. Padding counts as input: all MACs of
 * a dense computation count.
 */
public final class Networks {
  /** Length of BERT's position embedding, tokens. */
  static final int BERT_TOKENS = 512;

  /** Length of GPT-2's position embedding, tokens; the default of {@link #byName}. */
  static final int GPT2_TOKENS = 1024;

  /** The sequence length of BERT in MLPerf Inference (SQuAD), the default of {@link #byName}. */
  private static final int BERT_DEFAULT = 384;

  private static final Pattern QUALIFIED =
      Pattern.compile("(torchvision\\.)?models\\.(\\w+\\.)?(?<model>\\w+)(\\(.*\\))?");

  private static final Map<String, Supplier<Network>> IMAGE_NETWORKS = new LinkedHashMap<>();
  private static final Map<String, IntFunction<Network>> SEQUENCE_NETWORKS = new LinkedHashMap<>();
  private static final Map<String, Integer> DEFAULT_TOKENS =
      Map.of("BERT-base", BERT_DEFAULT, "GPT-2-small", GPT2_TOKENS);

  /** Short names for the only network of a family. */
  private static final Map<String, String> SHORT_NAMES =
      Map.of(
          "gpt2", "GPT-2-small",
          "bert", "BERT-base",
          "vgg", "VGG-16",
          "mobilenet", "MobileNetV2",
          "efficientnet", "EfficientNet-B0");

  static {
    IMAGE_NETWORKS.put("AlexNet", Networks::alexNet);
    IMAGE_NETWORKS.put("VGG-16", Networks::vgg16);
    IMAGE_NETWORKS.put("ResNet-18", Networks::resNet18);
    IMAGE_NETWORKS.put("ResNet-50", Networks::resNet50);
    IMAGE_NETWORKS.put("MobileNetV2", Networks::mobileNetV2);
    IMAGE_NETWORKS.put("EfficientNet-B0", Networks::efficientNetB0);
    SEQUENCE_NETWORKS.put("BERT-base", Networks::bertBase);
    SEQUENCE_NETWORKS.put("GPT-2-small", Networks::gpt2Small);
  }

  private Networks() {}

  /**
   * AlexNet as published, with conv2, conv4 and conv5 in two groups and a 227×227 input
   * (Krizhevsky, Sutskever and Hinton, NIPS 2012): what accelerator papers measure. Torchvision's
   * {@code alexnet} is another network (Krizhevsky, "One weird trick", 2014). Local response
   * normalisation is left out.
   */
  public static Network alexNet() {
    return PlainNets.alexNet();
  }

  /** VGG-16, configuration D (Simonyan and Zisserman, ICLR 2015, Table 1), 224×224 input. */
  public static Network vgg16() {
    return PlainNets.vgg16();
  }

  /** ResNet-18 (He et al., CVPR 2016, Table 1), 224×224 input. */
  public static Network resNet18() {
    return ResNets.resNet18();
  }

  /** ResNet-50 with the stride in the 3×3 convolutions ("v1.5", as torchvision), 224×224 input. */
  public static Network resNet50() {
    return ResNets.resNet50();
  }

  /** MobileNetV2 of width 1.0 (Sandler et al., CVPR 2018, Table 2), 224×224 input. */
  public static Network mobileNetV2() {
    return MobileNets.mobileNetV2();
  }

  /**
   * EfficientNet-B0 (Tan and Le, ICML 2019, Table 1), 224×224 input. The scaling of channels by
   * squeeze-and-excitation counts one MAC per element.
   */
  public static Network efficientNetB0() {
    return MobileNets.efficientNetB0();
  }

  /**
   * BERT-base, uncased, with the pooler (Devlin et al., NAACL 2019): one pass over a sequence.
   *
   * @param sequenceLength tokens, 1 to 512
   */
  public static Network bertBase(int sequenceLength) {
    requireTokens("BERT-base", sequenceLength, BERT_TOKENS);
    return Transformers.bertBase(sequenceLength);
  }

  /**
   * GPT-2 small (Radford et al., 2019): one pass over a prompt, with the output layer at every
   * token.
   *
   * @param sequenceLength tokens, 1 to 1024
   */
  public static Network gpt2Small(int sequenceLength) {
    requireTokens("GPT-2-small", sequenceLength, GPT2_TOKENS);
    return Transformers.gpt2Small(sequenceLength);
  }

  /** The names that {@link #byName} accepts. */
  public static List<String> names() {
    Map<String, Object> all = new LinkedHashMap<>(IMAGE_NETWORKS);
    all.putAll(SEQUENCE_NETWORKS);
    return List.copyOf(all.keySet());
  }

  /**
   * The network of this name, ignoring case, hyphens, underscores and spaces; {@code gpt2}, {@code
   * bert}, {@code vgg}, {@code mobilenet} and {@code efficientnet} stand for the only one of their
   * family. Torchvision's own names are known, too: {@code torchvision.models.resnet18}.
   *
   * @param name such as {@code mobilenetv2}, or {@code bert-base:128} for a sequence length
   *     (without one, 384 tokens for BERT-base and 1024 for GPT-2-small)
   * @throws IllegalArgumentException if there is no such network; the message lists the names
   */
  public static Network byName(String name) {
    Matcher qualified = QUALIFIED.matcher(name.strip());
    if (qualified.matches()) {
      return qualified(name, qualified);
    }
    int colon = name.indexOf(':');
    String plain = Nearest.plain(colon < 0 ? name : name.substring(0, colon));
    String known =
        names().stream()
            .filter(n -> Nearest.plain(n).equals(plain))
            .findFirst()
            .or(() -> Optional.ofNullable(SHORT_NAMES.get(plain)))
            .orElseThrow(() -> unknown(name, plain));
    Supplier<Network> image = IMAGE_NETWORKS.get(known);
    if (image != null) {
      new Rules()
          .require(
              colon < 0, "network %s takes no sequence length. Maybe %s was meant.", name, known)
          .check();
      return image.get();
    }
    int tokens =
        colon < 0 ? DEFAULT_TOKENS.get(known) : tokens(name, name.substring(colon + 1).strip());
    return SEQUENCE_NETWORKS.get(known).apply(tokens);
  }

  /** Whether a name says whose network is meant: {@code torchvision.models.resnet18}. */
  public static boolean isQualified(String name) {
    return QUALIFIED.matcher(name.strip()).matches();
  }

  /**
   * Torchvision's network of this name, with what a constructor may be given left out.
   *
   * @throws IllegalArgumentException if it is not the network that is here
   */
  private static Network qualified(String name, Matcher parts) {
    String plain = Nearest.plain(parts.group("model"));
    new Rules()
        .require(
            !plain.equals("alexnet"),
            "%s is another network (Krizhevsky, 2014) than AlexNet here, as published in 2012."
                + " Maybe alexnet was meant.",
            name)
        .check();
    if (IMAGE_NETWORKS.keySet().stream().noneMatch(n -> Nearest.plain(n).equals(plain))) {
      throw unknown(name, plain);
    }
    return byName(plain);
  }

  private static int tokens(String name, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException notInteger) {
      throw new IllegalArgumentException(
          "sequence length (" + digits + ") of network " + name + " must be a whole number",
          notInteger);
    }
  }

  private static void requireTokens(String name, int tokens, int limit) {
    new Rules()
        .require(
            tokens >= 1 && tokens <= limit,
            "sequence length (%d) of %s must be between 1 and %d",
            tokens,
            name,
            limit)
        .check();
  }

  private static IllegalArgumentException unknown(String name, String plain) {
    String maybe = Nearest.maybe(plain, names());
    return new IllegalArgumentException(
        "network " + name + " is not one of " + String.join(", ", names()) + "." + maybe);
  }
}
