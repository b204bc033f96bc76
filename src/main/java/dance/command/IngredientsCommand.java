package dance.command;

import dance.check.Rules;
import dance.lesson.Ingredient;
import dance.report.JsonText;
import dance.report.TextTable;
import dance.search.SearchProblem;
import dance.search.TabularTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance ingredients}: what couples the choices of network and accelerator? */
@Command(
    name = "ingredients",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Change one thing at a time, rigid dataflows, small buffers, narrow links, small arrays, "
          + "hard limits, and enumerate what is then lost by choosing network and accelerator one "
          + "after the other: the largest regret by EDAP over weights of the cost from 0.003 to "
          + "0.3, in per cent.",
      "Each builds a table of about 150 designs, in up to a minute of CPU time."
    })
final class IngredientsCommand implements Runnable {
  private final Console console;

  @Mixin private SearchOptions search;

  @Mixin private RunOptions run;

  @Option(
      names = "--kinds",
      description =
          "Networks whose choices are between kinds of operation, dense, depthwise and "
              + "attention, with ten made-up tables of accuracies, instead of those of --task.")
  private boolean kinds;

  @Option(
      names = "--only",
      paramLabel = "WORD",
      defaultValue = "",
      description = "Only ingredients whose name has this word.")
  private String only;

  IngredientsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    List<Ingredient> chosen =
        Ingredient.all().stream()
            .filter(i -> i.name().contains(only.toLowerCase(Locale.ROOT)))
            .toList();
    Rules rules =
        new Rules()
            .require(
                !chosen.isEmpty(),
                "no ingredient has the word %s, only %s",
                only,
                String.join("; ", Ingredient.all().stream().map(Ingredient::name).toList()))
            .require(
                !search.trains(SearchOptions.MINI),
                "ingredients enumerates a table of accuracies: --task is of images");
    ResultFolder out = run.folder("ingredients", rules);
    SearchProblem problem = search.problem(SearchOptions.MINI, rules);
    List<Ingredient.Outcome> outcomes = new ArrayList<>();
    for (Ingredient ingredient : chosen) {
      console.err().println("ingredients: " + ingredient.name());
      outcomes.add(
          kinds
              ? ingredient.ofKinds(search.threads())
              : ingredient.outcome((TabularTask) problem.task(), search.threads()));
    }
    String json = JsonText.of(IngredientRows.object(outcomes));
    console.print(run.json() ? json : text(outcomes));
    out.make();
    out.write("ingredients.json", json + "\n");
  }

  private static String text(List<Ingredient.Outcome> outcomes) {
    return outcomes.get(0).networks()
        + ": largest regret [%] of each way to choose\n\n"
        + TextTable.of(IngredientRows.of(outcomes))
        + "\nbest design of each dataflow, more than the best of all [%], mean of 500 networks\n\n"
        + TextTable.of(IngredientRows.dataflows(outcomes));
  }
}
