package dance.space;

import dance.check.Nearest;
import dance.check.Rules;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The operations that the blocks of a space offer, with conversions between genotypes, operation
 * indices, encodings and positions.
 */
final class BlockChoices {
  private final String space;

  /** The first place of each block. */
  final List<Placement> blocks;

  /** Labels of the operations of all blocks, in order of first appearance. */
  final List<String> operations;

  /** {@code [blocks, operations]}: position of the operation in the block's own list, or −1. */
  private final int[][] positions;

  BlockChoices(String space, List<Placement> blocks) {
    this.space = space;
    this.blocks = List.copyOf(blocks);
    operations =
        blocks.stream()
            .flatMap(b -> b.operations().stream())
            .map(Operation::label)
            .distinct()
            .toList();
    positions = new int[blocks.size()][operations.size()];
    for (int b = 0; b < positions.length; b++) {
      List<String> own = blocks.get(b).operations().stream().map(Operation::label).toList();
      for (int o = 0; o < operations.size(); o++) {
        positions[b][o] = own.indexOf(operations.get(o));
      }
    }
  }

  /** Position of an operation in the block's own list, or −1. */
  int position(int block, int operation) {
    return positions[block][operation];
  }

  private int offered(int block) {
    return blocks.get(block).operations().size();
  }

  BigInteger count() {
    return IntStream.range(0, blocks.size())
        .mapToObj(b -> BigInteger.valueOf(offered(b)))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  Genotype genotype(BigInteger index) {
    new Rules()
        .require(
            index.signum() >= 0 && index.compareTo(count()) < 0,
            "index %s of space %s must be from 0 to below %s",
            index,
            space,
            count())
        .check();
    String[] labels = new String[blocks.size()];
    BigInteger rest = index;
    for (int b = labels.length - 1; b >= 0; b--) {
      BigInteger[] parted = rest.divideAndRemainder(BigInteger.valueOf(offered(b)));
      labels[b] = blocks.get(b).operations().get(parted[1].intValue()).label();
      rest = parted[0];
    }
    return Genotype.of(labels);
  }

  BigInteger index(Genotype genotype) {
    int[] choice = choice(genotype);
    BigInteger index = BigInteger.ZERO;
    for (int b = 0; b < choice.length; b++) {
      BigInteger digit = BigInteger.valueOf(position(b, choice[b]));
      index = index.multiply(BigInteger.valueOf(offered(b))).add(digit);
    }
    return index;
  }

  Genotype genotype(int... choice) {
    checkLength(choice.length);
    Rules rules = new Rules();
    for (int b = 0; b < choice.length; b++) {
      check(rules, b, choice[b]);
    }
    rules.check();
    return new Genotype(IntStream.of(choice).mapToObj(operations::get).toList());
  }

  int[] choice(Genotype genotype) {
    List<String> labels = genotype.operations();
    checkLength(labels.size());
    Rules rules = new Rules();
    int[] choice = new int[labels.size()];
    for (int b = 0; b < choice.length; b++) {
      String label = labels.get(b);
      choice[b] = position(label);
      if (choice[b] < 0) {
        String maybe = Nearest.maybe(label, operations);
        rules.require(
            false,
            "operation %s of %s is not one of %s.%s",
            label,
            blocks.get(b).name(),
            String.join(", ", operations),
            maybe);
      } else {
        check(rules, b, choice[b]);
      }
    }
    rules.check();
    return choice;
  }

  /** Index of the operation of this label, ignoring case, hyphens and underscores. */
  private int position(String label) {
    int exact = operations.indexOf(label);
    if (exact >= 0) {
      return exact;
    }
    List<String> plain = operations.stream().map(Nearest::plain).toList();
    return plain.indexOf(Nearest.plain(label));
  }

  Genotype sample(RandomGenerator random) {
    String[] labels = new String[blocks.size()];
    for (int b = 0; b < labels.length; b++) {
      labels[b] = blocks.get(b).operations().get(random.nextInt(offered(b))).label();
    }
    return Genotype.of(labels);
  }

  double[] encode(Genotype genotype) {
    int[] choice = choice(genotype);
    double[] encoding = new double[blocks.size() * operations.size()];
    for (int b = 0; b < choice.length; b++) {
      encoding[b * operations.size() + choice[b]] = 1;
    }
    return encoding;
  }

  Genotype decode(double[] encoding) {
    int width = operations.size();
    new Rules()
        .require(
            encoding.length == blocks.size() * width,
            "encoding of %d values must have %d blocks × %d operations of space %s",
            encoding.length,
            blocks.size(),
            width,
            space)
        .check();
    int[] choice = new int[blocks.size()];
    for (int b = 0; b < choice.length; b++) {
      int best = -1;
      for (int o = 0; o < width; o++) {
        boolean larger = best < 0 || encoding[b * width + o] > encoding[b * width + best];
        best = position(b, o) >= 0 && larger ? o : best;
      }
      choice[b] = best;
    }
    return genotype(choice);
  }

  double[] uniform() {
    int width = operations.size();
    double[] encoding = new double[blocks.size() * width];
    for (int i = 0; i < encoding.length; i++) {
      encoding[i] = position(i / width, i % width) >= 0 ? 1.0 / offered(i / width) : 0;
    }
    return encoding;
  }

  /** Checks that the block offers the operation. */
  void check(int block, int operation) {
    Rules rules = new Rules();
    check(rules, block, operation);
    rules.check();
  }

  private void check(Rules rules, int block, int operation) {
    if (block < 0 || block >= blocks.size() || operation < 0 || operation >= operations.size()) {
      rules.require(
          false,
          "operation %d of block %d is not in space %s of %d blocks × %d operations",
          operation,
          block,
          space,
          blocks.size(),
          operations.size());
      return;
    }
    rules.require(
        position(block, operation) >= 0,
        "operation %s is not allowed at %s of space %s, only one of %s",
        operations.get(operation),
        blocks.get(block).name(),
        space,
        blocks.get(block).operations());
  }

  private void checkLength(int length) {
    new Rules()
        .require(
            length == blocks.size(),
            "genotype of %d operations must have one for each of the %d blocks of space %s",
            length,
            blocks.size(),
            space)
        .check();
  }
}
