package io.motorwatch.model.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.FieldLayout;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  private static byte[] written(double value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    Wire.writeDecimal(value, out);
    return out.getCopyOfBuffer();
  }

  private static void assertComesBack(double value) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(written(value));
    assertThat(Double.doubleToLongBits(Wire.readDecimal(in)))
        .as("%s", value)
        .isEqualTo(Double.doubleToLongBits(value));
    assertThat(in.available()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        0.1,
        -0.3,
        9.52,
        1478,
        1e15,
        1e16,
        9_007_199_254_740_992.0,
        1e300,
        1.0 / 3,
        0.000001,
        0.0000001,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void aValueComesBackToTheBit(double value) throws IOException {
    assertComesBack(value);
  }

  @Test
  void soDoesAnyOther() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      assertComesBack(Double.longBitsToDouble(random.nextLong()));
      int digits = random.nextInt(9);
      assertComesBack(BigDecimal.valueOf(random.nextInt(10_000_000), digits).doubleValue());
      assertComesBack(-random.nextInt(1_000) * 0.001);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "9.5, 3", "61.25, 3", "1478, 3", "-0.001, 2"})
  void aValueOfFewDigitsTakesFewBytes(double value, int bytes) throws IOException {
    assertThat(written(value)).hasSize(bytes);
  }

  private static int assertSumComesBack(double sum) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    Wire.writeSum(sum, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(Double.doubleToLongBits(Wire.readSum(in)))
        .as("%s", sum)
        .isEqualTo(Double.doubleToLongBits(sum));
    assertThat(in.available()).isZero();
    return out.length();
  }

  @Test
  void aSumComesBackToTheBitAndIsShortWhereTheValuesAre() throws IOException {
    Random random = new Random(5);
    int longest = 0;
    for (int i = 0; i < 20_000; i++) {
      double sum = 0;
      int digits = random.nextInt(4);
      for (int n = random.nextInt(200); n >= 0; n--) {
        sum += BigDecimal.valueOf(random.nextInt(20_000) - 5_000, digits).doubleValue();
      }
      // Where summands cancel out, little is left but rounding.
      longest = Math.abs(sum) > 100 ? Math.max(longest, assertSumComesBack(sum)) : longest;
      assertSumComesBack(sum);
      assertSumComesBack(Double.longBitsToDouble(random.nextLong()));
    }
    assertThat(longest).isLessThanOrEqualTo(7);
    for (double each : new double[] {0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, 1e300}) {
      assertSumComesBack(each);
    }
  }

  @Test
  void refusesAValueOfAFormItDoesNotKnow() {
    assertThatThrownBy(() -> Wire.readDecimal(new DataInputDeserializer(new byte[] {7, 1})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("7 decimal places");
  }

  private static byte[] written(FieldLayout layout) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    Wire.writeLayout(layout, out);
    return out.getCopyOfBuffer();
  }

  @Test
  void readsALayoutAsTheOneInstanceAndNeverAsAnother() throws IOException {
    List<FieldLayout> layouts =
        List.of(
            FieldLayout.of("ab", "c"),
            FieldLayout.of("a", "bc"),
            FieldLayout.of("current", "current2"),
            FieldLayout.of("speed", ""),
            FieldLayout.of("ü".repeat(300), "c"),
            FieldLayout.of("x".repeat(20_000)),
            FieldLayout.EMPTY);
    for (int round = 0; round < 2; round++) {
      for (FieldLayout layout : layouts) {
        FieldLayout first = Wire.readLayout(new DataInputDeserializer(written(layout)));
        FieldLayout second = Wire.readLayout(new DataInputDeserializer(written(layout)));
        assertThat(first).isEqualTo(layout).isSameAs(second);
      }
    }
  }

  @Test
  void keepsWhateverNamesThereAre() throws IOException {
    Random random = new Random(3);
    String[] some = {"current", "Current", "speed", "vibrationRms", "f", "a b", "温度", "x7"};
    for (int i = 0; i < 2_000; i++) {
      List<String> names = new ArrayList<>();
      for (int n = random.nextInt(8); n > 0; n--) {
        names.add(some[random.nextInt(some.length)] + (random.nextBoolean() ? "" : n));
      }
      FieldLayout layout = FieldLayout.of(names);
      assertThat(Wire.readLayout(new DataInputDeserializer(written(layout)))).isEqualTo(layout);
    }
  }

  @Test
  void usualNamesTakeAByteEach() throws IOException {
    assertThat(written(FieldLayout.of("current", "speed", "temperature"))).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01FF", "017F", "020005", "0300FF7F"})
  void refusesNamesItCannotHaveWritten(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> Wire.readLayout(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("names of fields");
  }
}
