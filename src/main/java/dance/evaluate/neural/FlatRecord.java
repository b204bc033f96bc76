package dance.evaluate.neural;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/**
 * A record as one flat JSON object, the form of saved evaluators: components whose type is a record
 * declared inside it stand by their own components.
 */
final class FlatRecord implements JsonSerializer<Record>, JsonDeserializer<Record> {

  @Override
  public JsonElement serialize(Record value, Type type, JsonSerializationContext context) {
    JsonObject flat = new JsonObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part;
      try {
        part = component.getAccessor().invoke(value);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
      JsonElement json = context.serialize(part, component.getGenericType());
      if (isNested(component)) {
        json.getAsJsonObject().entrySet().forEach(e -> flat.add(e.getKey(), e.getValue()));
      } else {
        flat.add(component.getName(), json);
      }
    }
    return flat;
  }

  @Override
  public Record deserialize(JsonElement flat, Type type, JsonDeserializationContext context) {
    RecordComponent[] components = ((Class<?>) type).getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] parts = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      JsonElement json =
          isNested(component) ? flat : flat.getAsJsonObject().get(component.getName());
      parts[i] = context.deserialize(json, component.getGenericType());
    }
    try {
      Constructor<?> canonical = ((Class<?>) type).getDeclaredConstructor(types);
      return (Record) canonical.newInstance(parts);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getCause().getMessage(), refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean isNested(RecordComponent component) {
    return component.getType().isRecord()
        && component.getType().getEnclosingClass() == component.getDeclaringRecord();
  }
}
