package dance.workload;

/**
 * BERT-base and GPT-2 small: twelve equal blocks of attention and a two-layer perceptron on every
 * token. Softmax, GELU and normalisation are not layers here (no MACs); the parameters of a
 * normalisation belong to the layer beside it. Causal attention is counted in full, as a dense
 * computation.
 */
final class Transformers {
  private static final int BLOCKS = 12;
  private static final int HEADS = 12;
  private static final int WIDTH = 768;
  private static final int NORM = 2 * WIDTH;

  private Transformers() {}

  /** Devlin et al., NAACL 2019; the uncased vocabulary of 30,522 word pieces. */
  static Network bertBase(int tokens) {
    Layer position =
        onTokens(Layer.add("embeddings.position", WIDTH), tokens)
            .extraParameters((30_522L + Networks.BERT_TOKENS) * WIDTH);
    Layer type =
        onTokens(Layer.add("embeddings.type", WIDTH), tokens).extraParameters(2L * WIDTH + NORM);
    Network network =
        Network.of("BERT-base:" + tokens, position, type)
            .then(linear("block.query", WIDTH, WIDTH, tokens), BLOCKS)
            .then(linear("block.key", WIDTH, WIDTH, tokens), BLOCKS)
            .then(linear("block.value", WIDTH, WIDTH, tokens), BLOCKS);
    return rest(network, tokens).then(Layer.fullyConnected("pooler", WIDTH, WIDTH).bias());
  }

  /** Radford et al., 2019, the smallest of the four; the output layer is the token embedding. */
  static Network gpt2Small(int tokens) {
    Layer position =
        onTokens(Layer.add("embeddings.position", WIDTH), tokens)
            .extraParameters((long) Networks.GPT2_TOKENS * WIDTH + NORM);
    Network network =
        Network.of("GPT-2-small:" + tokens, position)
            .then(linear("block.qkv", WIDTH, 3 * WIDTH, tokens), BLOCKS);
    return rest(network, tokens)
        .then(onTokens(Layer.fullyConnected("lm_head", WIDTH, 50_257), tokens));
  }

  /** Everything after the projections to queries, keys and values in every block. */
  private static Network rest(Network network, int tokens) {
    int headWidth = WIDTH / HEADS;
    return network
        .then(Layer.matmul("block.scores", HEADS, tokens, headWidth, tokens), BLOCKS)
        .then(Layer.matmul("block.context", HEADS, tokens, tokens, headWidth), BLOCKS)
        .then(linear("block.attention", WIDTH, WIDTH, tokens), BLOCKS)
        .then(add("block.attention.add", tokens), BLOCKS)
        .then(linear("block.mlp1", WIDTH, 4 * WIDTH, tokens), BLOCKS)
        .then(linear("block.mlp2", 4 * WIDTH, WIDTH, tokens), BLOCKS)
        .then(add("block.mlp.add", tokens), BLOCKS);
  }

  private static Layer linear(String name, int inputs, int outputs, int tokens) {
    return onTokens(Layer.fullyConnected(name, inputs, outputs), tokens).bias();
  }

  private static Layer add(String name, int tokens) {
    return onTokens(Layer.add(name, WIDTH), tokens).extraParameters(NORM);
  }

  private static Layer onTokens(Layer layer, int tokens) {
    return layer.output(tokens, 1);
  }
}
