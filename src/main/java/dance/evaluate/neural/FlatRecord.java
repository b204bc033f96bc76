package dance.evaluate.neural;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/**
 * Records as JSON objects, also with a Gson that is older than records: IJava's own, 2.8.5, comes
 * first on its class path.
 *
 * @param flat the form of saved evaluators: components whose type is a record declared inside it
 *     stand by their own components
 */
record FlatRecord(boolean flat) implements JsonSerializer<Record>, JsonDeserializer<Record> {

  @Override
  public JsonElement serialize(Record value, Type type, JsonSerializationContext context) {
    JsonObject object = new JsonObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part;
      try {
        component.getAccessor().setAccessible(true);
        part = component.getAccessor().invoke(value);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
      // the form of a double, 1 rather than 1.0, is registered for the object
      JsonElement json =
          component.getType().isPrimitive()
              ? context.serialize(part)
              : context.serialize(part, component.getGenericType());
      if (isNested(component)) {
        json.getAsJsonObject().entrySet().forEach(e -> object.add(e.getKey(), e.getValue()));
      } else {
        object.add(name(component), json);
      }
    }
    return object;
  }

  @Override
  public Record deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
    RecordComponent[] components = ((Class<?>) type).getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] parts = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      JsonElement part = isNested(component) ? json : json.getAsJsonObject().get(name(component));
      parts[i] = context.deserialize(part, component.getGenericType());
      if (parts[i] == null && types[i].isPrimitive()) {
        parts[i] = Array.get(Array.newInstance(types[i], 1), 0);
      }
    }
    try {
      Constructor<?> canonical = ((Class<?>) type).getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return (Record) canonical.newInstance(parts);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getCause().getMessage(), refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String name(RecordComponent component) {
    SerializedName other = component.getAccessor().getAnnotation(SerializedName.class);
    return other == null ? component.getName() : other.value();
  }

  private boolean isNested(RecordComponent component) {
    return flat
        && component.getType().isRecord()
        && component.getType().getEnclosingClass() == component.getDeclaringRecord();
  }
}
