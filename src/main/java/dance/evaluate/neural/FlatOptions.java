package dance.evaluate.neural;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import dance.evaluate.neural.EvaluatorOptions.Networks;
import dance.evaluate.neural.EvaluatorOptions.Steps;
import dance.evaluate.neural.EvaluatorOptions.Temperatures;
import java.lang.reflect.Type;

/** Options of an evaluator as one flat JSON object, the form of version 1 of its file. */
final class FlatOptions
    implements JsonSerializer<EvaluatorOptions>, JsonDeserializer<EvaluatorOptions> {

  /** The last components, by the names that they have in the file. */
  private record Rest(double labelTemperature, double gumbelTemperature, int patience, long seed) {}

  @Override
  public JsonElement serialize(
      EvaluatorOptions options, Type type, JsonSerializationContext context) {
    JsonObject flat = new JsonObject();
    add(flat, context.serialize(options.networks()));
    add(flat, context.serialize(options.steps()));
    Temperatures temperatures = options.temperatures();
    add(
        flat,
        context.serialize(
            new Rest(
                temperatures.label(), temperatures.gumbel(), options.patience(), options.seed())));
    return flat;
  }

  private static void add(JsonObject flat, JsonElement part) {
    part.getAsJsonObject().entrySet().forEach(entry -> flat.add(entry.getKey(), entry.getValue()));
  }

  @Override
  public EvaluatorOptions deserialize(
      JsonElement flat, Type type, JsonDeserializationContext context) {
    Rest rest = context.deserialize(flat, Rest.class);
    return new EvaluatorOptions(
        context.deserialize(flat, Networks.class),
        context.deserialize(flat, Steps.class),
        new Temperatures(rest.labelTemperature, rest.gumbelTemperature),
        rest.patience,
        rest.seed);
  }
}
