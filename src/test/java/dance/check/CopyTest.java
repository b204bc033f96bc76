package dance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Template;
import dance.evaluate.BuildOptions;
import dance.evaluate.neural.EvaluatorOptions;
import dance.search.CoExplorerOptions;
import dance.search.train.SupernetOptions;
import dance.search.train.TrainingOptions;
import dance.simulate.Simulator;
import dance.workload.Layer;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wither replaces the component of its name and keeps all others. */
class CopyTest {
  private record Sides(int rows, long columns, String name) {
    private Sides {
      new Rules().require(rows > 0, "rows (%d) must be positive", rows).check();
    }
  }

  private static final Sides SIDES = new Sides(2, 3, "a");

  @Test
  void componentsAreReplacedByName() {
    assertThat(Copy.with(SIDES, "columns", 7)).isEqualTo(new Sides(2, 7, "a"));
    assertThat(Copy.with(SIDES, "name", null)).isEqualTo(new Sides(2, 3, null));
    assertThat(Copy.with(SIDES, "name", "b", "rows", 5)).isEqualTo(new Sides(5, 3, "b"));
    assertThat(Copy.with(SIDES, Map.of("rows", 5, "columns", 6, "name", "b")))
        .isEqualTo(new Sides(5, 6, "b"));
    assertThat(SIDES).isEqualTo(new Sides(2, 3, "a"));
  }

  @Test
  void aCopyPassesTheChecksOfItsRecord() {
    assertThatThrownBy(() -> Copy.with(SIDES, "rows", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows (-1) must be positive");
    assertThatThrownBy(() -> Copy.with(SIDES, "depth", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sides has no component depth.");
  }

  private static final Accelerator EYERISS = Accelerators.byName("eyeriss");

  private static Stream<Record> records() {
    return Stream.of(
        CoExplorerOptions.defaults(),
        TrainingOptions.defaults(),
        SupernetOptions.defaults(),
        EvaluatorOptions.defaults(),
        Simulator.Options.defaults(),
        BuildOptions.defaults(),
        Template.of(12, 14, 64, Dataflow.ROW_STATIONARY),
        EYERISS,
        EYERISS.levels().get(1),
        Layer.conv("c", 8, 4).output(6).kernel(3));
  }

  /** Every public method with the name and type of a component that returns the record. */
  @ParameterizedTest
  @MethodSource("records")
  void aWitherReplacesTheComponentOfItsNameAlone(Record record) throws Exception {
    List<String> withers = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      for (Method method : record.getClass().getMethods()) {
        if (method.getName().equals(component.getName())
            && method.getReturnType() == record.getClass()
            && !Modifier.isStatic(method.getModifiers())
            && Arrays.equals(method.getParameterTypes(), new Class<?>[] {component.getType()})) {
          withers.add(component.getName());
          Object value = component.getAccessor().invoke(record);
          Object other = other(value, component.getType());
          Object copy = method.invoke(record, other);
          for (RecordComponent each : record.getClass().getRecordComponents()) {
            assertThat(each.getAccessor().invoke(copy))
                .as("%s after %s(%s)", each.getName(), component.getName(), other)
                .isEqualTo(
                    each.getName().equals(component.getName())
                        ? other
                        : each.getAccessor().invoke(record));
          }
        }
      }
    }
    assertThat(withers).as("withers of %s", record.getClass()).isNotEmpty();
  }

  private static Object other(Object value, Class<?> type) {
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Double number) {
      return number / 2;
    }
    if (value instanceof Boolean flag) {
      return !flag;
    }
    if (value instanceof String text) {
      return text + "x";
    }
    if (type == Path.class) {
      return Path.of("folder");
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[value == constants[0] ? 1 : 0];
    }
    return value instanceof Optional<?> ? Optional.empty() : value;
  }
}
