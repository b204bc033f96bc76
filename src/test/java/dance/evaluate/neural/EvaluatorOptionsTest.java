package dance.evaluate.neural;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.JsonUtils;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dance.evaluate.neural.EvaluatorOptions.Form;
import dance.evaluate.neural.EvaluatorOptions.Networks;
import dance.evaluate.neural.EvaluatorOptions.Steps;
import dance.evaluate.neural.EvaluatorOptions.Temperatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Values of the defaults, and the forms in which saved evaluators have them. */
class EvaluatorOptionsTest {
  private static final Gson JSON =
      JsonUtils.builder()
          .registerTypeAdapter(EvaluatorOptions.class, new FlatRecord(true))
          .create();

  @Test
  void textsAreThoseByWhichEvaluatorsAreKnown() {
    assertThat(EvaluatorOptions.defaults())
        .hasToString(
            "EvaluatorOptions[form=CONTRIBUTIONS, featureForwarding=true, width=224, batch=256,"
                + " generatorSteps=4000, estimatorSteps=8000, learningRate=0.003,"
                + " labelTemperature=0.001, gumbelTemperature=1.0, patience=8, seed=1]");
    assertThat(EvaluatorOptions.paper())
        .hasToString(
            "EvaluatorOptions[form=PAPER, featureForwarding=true, width=224, batch=256,"
                + " generatorSteps=4000, estimatorSteps=8000, learningRate=0.005,"
                + " labelTemperature=0.0, gumbelTemperature=1.0, patience=8, seed=1]");
  }

  @Test
  void eachWitherChangesWhatItNames() {
    assertThat(
            EvaluatorOptions.paper()
                .featureForwarding(false)
                .width(3)
                .batch(4, 0.5)
                .steps(6, 7)
                .temperatures(8, 9)
                .patience(10)
                .seed(11))
        .isEqualTo(
            new EvaluatorOptions(
                new Networks(Form.PAPER, false, 3),
                new Steps(4, 6, 7, 0.5),
                new Temperatures(8, 9),
                10,
                11));
  }

  @Test
  void theBundledFileIsReadAndWrittenAsItStands() throws IOException {
    String file = Files.readString(Path.of("data/cifar-dance-edap.json"));
    JsonObject stored = JSON.fromJson(file, JsonObject.class).getAsJsonObject("options");
    EvaluatorOptions options = JSON.fromJson(stored, EvaluatorOptions.class);
    assertThat(options).isEqualTo(EvaluatorOptions.defaults());
    assertThat(EvaluatorFile.parse("bundled", file.getBytes("UTF-8")).text()).isEqualTo(file);
  }
}
