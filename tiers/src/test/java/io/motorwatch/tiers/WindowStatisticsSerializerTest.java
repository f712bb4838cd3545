package io.motorwatch.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class WindowStatisticsSerializerTest {

  private static final long START = 1_800_000_000_000L;
  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");

  private static byte[] written(WindowStatistics window) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    WindowStatisticsSerializer.INSTANCE.serialize(window, out);
    return out.getCopyOfBuffer();
  }

  private static List<Object> content(WindowStatistics window) {
    Object[] fields = new Object[window.layout().size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] =
          Arrays.asList(
              window.layout().name(i),
              window.count(i),
              window.sum(i),
              window.min(i),
              window.max(i),
              window.last(i),
              window.lastAt(i),
              window.further().deviations(i),
              window.further().increase(i));
    }
    return List.of(window.start(), window.end(), Arrays.asList(fields));
  }

  /** Fields together and apart, values with few digits and with all of them. */
  @Test
  void aWindowComesBackInAllItHolds() throws IOException {
    Random random = new Random(11);
    FieldLayout all = FieldLayout.of("current", "speed", "vibration-x");
    FieldLayout one = FieldLayout.of("speed");
    for (int round = 0; round < 2_000; round++) {
      WindowStatistics window =
          new WindowStatistics(START, START + 60_000, new FurtherSums.Kept(round % 3 == 0, false));
      for (int n = random.nextInt(70); n > 0; n--) {
        FieldLayout layout = random.nextInt(4) > 0 || round % 2 == 0 ? all : one;
        double[] values = new double[layout.size()];
        double[] gains = new double[layout.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextBoolean() ? random.nextInt(2000) / 100.0 : random.nextGaussian();
          gains[i] = random.nextInt(3) == 0 ? values[i] : Double.NaN;
        }
        long at = START + random.nextInt(60_000);
        window.add(new Reading(DEVICE, at, at, n, layout, values), gains);
      }
      DataInputDeserializer in = new DataInputDeserializer(written(window));
      WindowStatistics read = WindowStatisticsSerializer.INSTANCE.deserialize(in);
      assertThat(content(read)).isEqualTo(content(window));
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void aMinuteOfSixUsualFieldsTakesSomeHundredBytes() throws IOException {
    FieldLayout layout =
        FieldLayout.of("current", "speed", "temperature", "voltage", "power", "vibration");
    WindowStatistics window = new WindowStatistics(START, START + 60_000, FurtherSums.Kept.NOTHING);
    Random random = new Random(1);
    for (int second = 0; second < 60; second++) {
      double[] values = new double[6];
      Arrays.setAll(values, i -> (900 * (i + 1) + random.nextInt(100)) / 100.0);
      long at = START + 1000L * second;
      window.add(new Reading(DEVICE, at, at, second, layout, values), null);
    }
    assertThat(written(window)).hasSizeLessThan(120);
  }

  @Test
  void refusesAFormOfAnotherVersion() {
    DataInputDeserializer in = new DataInputDeserializer(new byte[] {1, 0, 0});
    assertThatThrownBy(() -> WindowStatisticsSerializer.INSTANCE.deserialize(in))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a window of form 1");
  }
}
