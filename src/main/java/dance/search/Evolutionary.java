package dance.search;

import dance.check.Library;
import dance.check.Rules;
import io.jenetics.DoubleChromosome;
import io.jenetics.DoubleGene;
import io.jenetics.Genotype;
import io.jenetics.Mutator;
import io.jenetics.UniformCrossover;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionStream;
import io.jenetics.ext.moea.NSGA2Selector;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.RandomRegistry;
import java.util.Random;

/**
 * Evolution by NSGA-II (Deb, Pratap, Agarwal and Meyarivan, IEEE Trans. Evolutionary Computation
 * 2002), maximising accuracy and minimising cost, with Jenetics; returns the design of the largest
 * value evaluated. Infeasible designs are dominated by all feasible ones. Operations and values of
 * the accelerator are genes; uniform crossover, with one mutated gene per child on average.
 *
 * @param evaluations default number, for an unlimited budget
 * @param population designs in a generation
 */
public record Evolutionary(long evaluations, int population) implements SearchMethod {
  private static final double WORST_COST = 1e9;

  /**
   * @throws IllegalArgumentException if the population is smaller than 4
   */
  public Evolutionary {
    new Rules().require(population >= 4, "population (%d) must be at least 4", population).check();
  }

  /** With 10,000 evaluations and a population of 50. */
  public static Evolutionary defaults() {
    return new Evolutionary(10_000, 50);
  }

  @Override
  public String name() {
    return "NSGA-II";
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    Library.JENETICS.need("searches by NSGA-II");
    Library.JENETICS_EXT.need("searches by NSGA-II");
    EvaluationLog log = new EvaluationLog(name(), problem, seed, budget, watch, evaluations);
    JointSpace space = new JointSpace(problem.task().space(), problem.table().acceleratorSpace());
    // Jenetics takes its random generator from the thread's registry: all runs in this thread
    return RandomRegistry.with(
        new Random(seed),
        random -> {
          Run.evolve(population, log, space, problem.reference());
          return log.result();
        });
  }

  /**
   * A class of its own: the enclosing one can be loaded without Jenetics and reports that it is
   * missing.
   */
  private static final class Run {
    private Run() {}

    static void evolve(int population, EvaluationLog log, JointSpace space, double reference) {
      Engine<DoubleGene, Vec<double[]>> engine =
          Engine.<DoubleGene, Vec<double[]>>builder(
                  genes -> fitness(genes, space, log, reference),
                  Genotype.of(DoubleChromosome.of(0, 1, space.length())))
              .populationSize(population)
              .alterers(new UniformCrossover<>(0.9, 0.5), new Mutator<>(1.0 / space.length()))
              .selector(NSGA2Selector.ofVec())
              .executor(Runnable::run)
              .build();
      try (EvolutionStream<DoubleGene, Vec<double[]>> stream = engine.stream()) {
        stream.takeWhile(generation -> log.more()).forEach(generation -> {});
      }
    }

    private static Vec<double[]> fitness(
        Genotype<DoubleGene> genes, JointSpace space, EvaluationLog log, double reference) {
      if (log.steps() > 0 && !log.more()) {
        return Vec.of(-WORST_COST, -WORST_COST); // the rest of the last generation
      }
      int[] vector = new int[space.length()];
      for (int i = 0; i < vector.length; i++) {
        double gene = genes.chromosome().get(i).allele();
        vector[i] = (int) Math.min(space.size(i) - 1, gene * space.size(i));
      }
      Candidate candidate = log.evaluate(space.choice(vector), space.designIndex(vector));
      if (!candidate.feasible()) {
        return Vec.of(-1 - candidate.excess(), -WORST_COST);
      }
      return Vec.of(candidate.accuracy(), -candidate.cost() / reference);
    }
  }
}
