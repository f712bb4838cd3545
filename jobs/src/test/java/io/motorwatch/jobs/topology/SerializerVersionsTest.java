package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.motorwatch.model.serialization.ImmutableSerializer;
import io.motorwatch.model.serialization.StateSerializer;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is kept carries the version of its form; see docs/state.md. */
class SerializerVersionsTest {

  /** No form will get this far: versions are counted from 1. */
  private static final int LATER = Byte.MAX_VALUE;

  @Test
  void eachSerializerOfOursIsOneOfStateOrOneOfValuesBetweenOperators() {
    List<String> others =
        concrete(TypeSerializer.class)
            .filter(type -> !StateSerializer.class.isAssignableFrom(type))
            .filter(type -> !ImmutableSerializer.class.isAssignableFrom(type))
            .map(Class::getName)
            .toList();
    assertThat(others).isEmpty();
  }

  static List<Class<?>> ofState() {
    return concrete(StateSerializer.class).toList();
  }

  @ParameterizedTest
  @MethodSource("ofState")
  void stateOfALaterVersionIsRefusedByItsFirstByte(Class<?> type) throws Exception {
    StateSerializer<?> serializer = (StateSerializer<?>) made(type);
    assertThatThrownBy(
            () -> serializer.deserialize(new DataInputDeserializer(new byte[] {LATER, 0, 0, 0})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of form " + LATER);
  }

  static List<Class<?>> ofSourceAndSinks() {
    return concrete(SimpleVersionedSerializer.class).toList();
  }

  @ParameterizedTest
  @MethodSource("ofSourceAndSinks")
  void stateOfSourceAndSinksOfALaterVersionIsRefusedByTheVersionFlinkKeeps(Class<?> type)
      throws Exception {
    SimpleVersionedSerializer<?> serializer = (SimpleVersionedSerializer<?>) made(type);
    assertThat(serializer.getVersion()).isPositive();
    assertThatThrownBy(() -> serializer.deserialize(LATER, new byte[64]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version " + LATER);
  }

  private static Stream<Class<?>> concrete(Class<?> of) {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.motorwatch")
            .stream()
            .filter(type -> type.isAssignableTo(of))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(type -> !type.isInterface())
            .<Class<?>>map(JavaClass::reflect);
  }

  private static Object made(Class<?> type) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
