package io.motorwatch.tiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackedWindowsTest {

  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");

  private final PackedWindows packing = new PackedWindows();

  private static long start(int minute) {
    return START + MINUTE * minute;
  }

  /** Appended, with minutes left out, and replaced or put between afterwards. */
  @Test
  void everyWindowComesBackInAllItHolds() throws IOException {
    for (int round = 0; round < 600; round++) {
      Random random = new Random(round);
      RandomWindows windows = new RandomWindows(random);
      Map<Integer, WindowStatistics> expected = new TreeMap<>();
      byte[] packed = null;
      int minute = 0;
      for (int n = 0; n < 25; n++) {
        boolean again = random.nextInt(8) == 0;
        int at = again ? random.nextInt(minute + 1) : minute;
        WindowStatistics window = windows.next(start(at), start(at + 1));
        expected.put(at, window);
        packed = packing.with(window, packed);
        minute += again ? 0 : random.nextInt(9) == 0 ? 3 : 1;
      }
      for (int at = 0; at <= minute; at++) {
        WindowStatistics window = expected.get(at);
        WindowStatistics found = packing.find(start(at), packed);
        assertThat(found == null ? null : RandomWindows.content(found))
            .as("minute %d of round %d", at, round)
            .isEqualTo(window == null ? null : RandomWindows.content(window));
      }
    }
  }

  @Test
  void thoseFromATimeOnAreLeft() throws IOException {
    RandomWindows windows = new RandomWindows(new Random(3));
    byte[] packed = null;
    for (int minute = 0; minute < 10; minute++) {
      packed = packing.with(windows.next(start(minute), start(minute + 1)), packed);
    }
    byte[] left = packing.since(start(4), packed);
    assertThat(packing.find(start(3), left)).isNull();
    for (int minute = 4; minute < 10; minute++) {
      assertThat(RandomWindows.content(packing.find(start(minute), left)))
          .isEqualTo(RandomWindows.content(packing.find(start(minute), packed)));
    }
    assertThat(packing.since(start(10), packed)).isNull();
  }

  @Test
  void windowsCodedBehindPackedOnesComeBackInAllTheyHold() throws IOException {
    for (int round = 0; round < 600; round++) {
      Random random = new Random(round);
      RandomWindows windows = new RandomWindows(random);
      byte[] packed = null;
      for (int minute = random.nextInt(6); minute > 0; minute--) {
        packed = packing.with(windows.next(start(-minute), start(1 - minute)), packed);
      }
      WindowStatistics[] open = new WindowStatistics[random.nextInt(5)];
      for (int i = 0; i < open.length; i++) {
        open[i] = random.nextInt(3) == 0 ? null : windows.next(start(-i), start(15 * i + 1));
      }
      WindowStatistics[] read = new WindowStatistics[open.length];
      new PackedWindows().readBehind(packed, packing.behind(packed, open), read);
      for (int i = 0; i < open.length; i++) {
        assertThat(read[i] == null ? null : RandomWindows.content(read[i]))
            .as("window %d of round %d", i, round)
            .isEqualTo(open[i] == null ? null : RandomWindows.content(open[i]));
      }
    }
  }

  private static WindowStatistics minuteOfNoise(int minute, Random random) {
    FieldLayout layout =
        FieldLayout.of("current", "speed", "temperature", "voltage", "power", "vibration");
    WindowStatistics window =
        new WindowStatistics(start(minute), start(minute + 1), FurtherSums.Kept.NOTHING);
    for (int second = 0; second < 60; second++) {
      double[] values = new double[6];
      Arrays.setAll(values, i -> (900 * (i + 1) + random.nextInt(100)) / 100.0);
      long at = start(minute) + 1000L * second;
      window.add(new Reading(DEVICE, at, at, second, layout, values), null);
    }
    return window;
  }

  /** The last value alone, evenly among a hundred, has 6.6 bits; all four have about 24. */
  @Test
  void aMinuteOfAFieldThatIsNoiseTakesFourAndAHalfBytes() throws IOException {
    Random random = new Random(1);
    byte[] packed = null;
    for (int minute = 0; minute < 20; minute++) {
      packed = packing.with(minuteOfNoise(minute, random), packed);
    }
    assertThat(packed).hasSizeLessThan(9 * 6 * 20 / 2);
  }

  @Test
  void refusesAFormOfAnotherVersion() {
    assertThatThrownBy(() -> packing.find(START, new byte[] {9, 1, 0}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("packed windows of form 9");
  }

  @Test
  void saysWhereBytesAreMissing() throws IOException {
    byte[] packed = packing.with(minuteOfNoise(0, new Random(1)), null);
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    assertThatThrownBy(() -> packing.find(START, cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("corrupt");
  }
}
