package dance.check;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/**
 * Copies of records in which components are replaced by name, so that no wither repeats the
 * positions of the others. The copy passes the checks of the record's constructor.
 */
public final class Copy {
  private static final ClassValue<Copy> RECORDS =
      new ClassValue<>() {
        @Override
        protected Copy computeValue(Class<?> type) {
          return new Copy(type);
        }
      };

  private final RecordComponent[] components;
  private final Constructor<?> constructor;

  private Copy(Class<?> type) {
    components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has its canonical constructor", e);
    }
    constructor.setAccessible(true);
    Arrays.stream(components).forEach(c -> c.getAccessor().setAccessible(true));
  }

  /**
   * A copy with another value of a component.
   *
   * @throws IllegalArgumentException if the record rejects the value, or has no such component
   */
  public static <R extends Record> R with(R record, String component, Object value) {
    Copy copy = RECORDS.get(record.getClass());
    Object[] values = copy.values(record);
    values[copy.index(component)] = value;
    return copy.record(values);
  }

  /**
   * A copy with other values of two components.
   *
   * @throws IllegalArgumentException if the record rejects the values, or has no such component
   */
  public static <R extends Record> R with(
      R record, String component, Object value, String second, Object secondValue) {
    Copy copy = RECORDS.get(record.getClass());
    Object[] values = copy.values(record);
    values[copy.index(component)] = value;
    values[copy.index(second)] = secondValue;
    return copy.record(values);
  }

  /**
   * A copy with other values of several components that must fit one another.
   *
   * @param others new values by component, none of them null
   * @throws IllegalArgumentException if the record rejects the values, or has no such component
   */
  public static <R extends Record> R with(R record, Map<String, ?> others) {
    Copy copy = RECORDS.get(record.getClass());
    Object[] values = copy.values(record);
    others.forEach((component, value) -> values[copy.index(component)] = value);
    return copy.record(values);
  }

  private Object[] values(Record record) {
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = components[i].getAccessor().invoke(record);
      } catch (InvocationTargetException e) {
        throw unchecked(e);
      } catch (IllegalAccessException e) {
        throw new AssertionError("made accessible", e);
      }
    }
    return values;
  }

  private int index(String component) {
    for (int i = 0; i < components.length; i++) {
      if (components[i].getName().equals(component)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        constructor.getDeclaringClass().getSimpleName() + " has no component " + component + ".");
  }

  @SuppressWarnings("unchecked") // the constructor is that of the record to copy
  private <R extends Record> R record(Object[] values) {
    try {
      return (R) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw unchecked(e);
    } catch (IllegalAccessException | InstantiationException e) {
      throw new AssertionError("made accessible", e);
    }
  }

  private static RuntimeException unchecked(InvocationTargetException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }
}
