package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.fail;

import dance.cost.Objective;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.simulate.mapping.NestText;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** In 360 random map spaces, trying every mapping finds nothing better than the mapper does. */
class MapperIsOptimalTest {
  private static final int BLOCKS = 36;
  private static final int CASES = 10;

  static IntStream blocks() {
    return IntStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void tryingEveryMappingFindsNothingBetter(int block) {
    // The first case of each block is large, the others moderate: the large ones take the time.
    Stream.concat(
            differences(LongStream.of(1000L * block), 300_000),
            differences(LongStream.range(1, CASES).map(i -> 1000L * block + i), 40_000))
        .findFirst()
        .ifPresent(
            found ->
                // Spaces with few mappings often show the same difference on shorter nests.
                fail(
                    Stream.of(30, 300, 3000)
                        .flatMap(
                            most ->
                                differences(
                                    LongStream.range(0, 100).map(i -> 1000L * block + i), most)
                                    .min(Comparator.comparingLong(Difference::mappings))
                                    .stream())
                        .findFirst()
                        .orElse(found)
                        .message()));
  }

  /**
   * What searches through some 400,000 small spaces found: a second array that fits what the first
   * leaves better than the whole, one that shares tiles of which the first unrolled the other axis,
   * two whose last instance has a partial tile and leaks less, one that shares by the distance of
   * the instances inside; a sliding tile that overlaps itself from one sweep to the next; an order
   * that moves more words in fewer lines; a tile whose first accumulations save all that a better
   * one moves less; tiles that overlap only where a loop begins anew; an instance without the loop
   * that separates two tiles that overlap; and in Timeloop's accounting an order whose overlaps are
   * not credited, and a partial tile whose overlap is.
   */
  @ParameterizedTest
  @CsvSource({
    "503117, 2000",
    "504799, 2000",
    "702708, 3000",
    "702768, 3000",
    "754176, 1500",
    "780968, 1500",
    "772935, 1500",
    "824245, 1500",
    "3060325, 1200",
    "3097792, 1200",
    "5046770, 1200",
    "5066377, 1200",
    "6000424, 1200",
    "7006659, 1200",
    "7008650, 1200",
    "8022871, 1200",
    "9006337, 1200",
    "9009957, 1200",
    "12001436, 1500",
    "51007223, 1200",
    "52000171, 300",
    "52013511, 300",
    "54024266, 300",
    "54031702, 300",
    "54065372, 300"
  })
  void whatWasFoundByHuntingIsBounded(long seed, long mostMappings) {
    differences(LongStream.of(seed), mostMappings)
        .findFirst()
        .ifPresent(found -> fail(found.message()));
  }

  private record Answer(double objective, Mapping mapping, boolean optimal) {}

  private record Difference(long mappings, String message) {}

  /** Asks the mapper: the one place that knows its interface. It throws if no mapping fits. */
  private static Answer mapperAnswer(MapCase c) {
    MapSpace space = MapSpace.of(c.einsum(), c.accelerator(), c.constraints());
    if (!c.spatialRemainders()) {
      space = space.withPerfectFactors();
    }
    for (int l = 0; l < c.arrays().size(); l++) {
      MapCase.Array array = c.arrays().get(l);
      if (array != null) {
        space = space.spatial(l, array.alongX(), array.alongY());
      }
    }
    Objective objective = Objective.byName(c.goal().name());
    MappingResult found = Mapper.best(space, objective, c.accounting());
    return new Answer(found.value(), found.mapping(), found.optimal());
  }

  private static Stream<Difference> differences(LongStream seeds, long mostMappings) {
    return seeds
        .mapToObj(seed -> difference(RandomMapSpaces.of(seed, mostMappings)))
        .flatMap(Optional::stream);
  }

  private static Optional<Difference> difference(MapCase c) {
    ExhaustiveMapper.Found exhaustive = ExhaustiveMapper.best(c);
    String answer;
    try {
      Answer found = mapperAnswer(c);
      if (agrees(c, found, exhaustive)) {
        return Optional.empty();
      }
      answer = print(c, found.objective(), found.mapping());
    } catch (IllegalArgumentException nothingFits) {
      if (exhaustive.best().isEmpty()) {
        return Optional.empty();
      }
      answer = "nothing fits: " + nothingFits.getMessage();
    } catch (RuntimeException thrown) {
      answer = thrown + " at " + thrown.getStackTrace()[0];
    }
    String message =
        String.join(
            System.lineSeparator(),
            c.toString(),
            "best of " + exhaustive.mappings() + " mappings:",
            exhaustive.best().map(m -> print(c, exhaustive.objective(), m)).orElse("nothing fits"),
            "mapper:",
            answer);
    return Optional.of(new Difference(exhaustive.mappings(), message));
  }

  /**
   * Whether the answer is the least value, and its mapping really has this value. Where nothing can
   * be proven ({@link Accounting#TIMELOOP} with a dummy innermost), it must not be called optimal.
   */
  private static boolean agrees(MapCase c, Answer answer, ExhaustiveMapper.Found exhaustive) {
    if (c.accounting() == Accounting.TIMELOOP && Mapper.endsInADummy(c.accelerator())) {
      return !answer.optimal() && near(evaluated(c, answer.mapping()), answer.objective());
    }
    return exhaustive.best().isPresent()
        && near(answer.objective(), exhaustive.objective())
        && near(evaluated(c, answer.mapping()), exhaustive.objective());
  }

  private static boolean near(double value, double expected) {
    return Math.abs(value - expected) <= 1e-9 * Math.abs(expected);
  }

  /** Value of a mapping, or NaN if the analysis refuses it. */
  private static double evaluated(MapCase c, Mapping mapping) {
    try {
      Evaluation evaluation =
          Analysis.of(c.einsum(), c.accelerator()).evaluate(mapping, c.accounting());
      return c.goal().of(evaluation.energyPj(), evaluation.cycles());
    } catch (IllegalArgumentException refused) {
      return Double.NaN;
    }
  }

  private static String print(MapCase c, double objective, Mapping mapping) {
    return String.join(
        System.lineSeparator(),
        c.goal() + " " + objective + ", evaluated again " + evaluated(c, mapping),
        NestText.print(c.einsum(), mapping));
  }
}
