package io.motorwatch.jobs.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Against a map with an entry for each window, through set back clocks and long silences. */
class ClosedWindowsTest {

  private static final long HOUR = 3_600_000;
  private static final long START = 500_000 * HOUR;
  private static final WindowGrid[] GRIDS = {
    new EvenGrid(60_000), new EvenGrid(900_000), new CalendarGrid(1, ZoneId.of("Europe/Berlin"))
  };

  private final MapEntries entries = new MapEntries();
  private final ClosedWindows closed = new ClosedWindows(entries, GRIDS);
  private CoarserWindows bounds = new CoarserWindows(GRIDS.length);

  private static CoarserWindows written(CoarserWindows bounds) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    CoarserWindowsSerializer.INSTANCE.serialize(bounds, out);
    return CoarserWindowsSerializer.INSTANCE.deserialize(
        new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  @Test
  void windowsAreFoundFromBeingPutUntilTheyAreForgotten() throws Exception {
    Random random = new Random(5);
    RandomWindows windows = new RandomWindows(random);
    Map<Long, WindowStatistics> expected = new TreeMap<>();
    long now = START;
    for (int step = 0; step < 20_000; step++) {
      now +=
          switch (random.nextInt(400)) {
            case 0 -> -random.nextInt(100) * HOUR;
            case 1 -> random.nextInt(3_000) * HOUR;
            default -> random.nextInt(40_000);
          };
      int tier = random.nextInt(10) == 0 ? 1 + random.nextInt(2) : 0;
      boolean late = random.nextInt(6) == 0;
      long start = GRIDS[tier].start(late ? now - random.nextInt(3_600_000) : now);
      WindowStatistics window = windows.next(start, GRIDS[tier].end(start));
      closed.put(tier, window, bounds);
      expected.put(ClosedWindows.key(tier, start), window);
      if (random.nextInt(3) == 0) {
        long before = now - HOUR;
        closed.forgetBefore(before, bounds);
        expected.values().removeIf(each -> each.end() <= before);
        bounds = written(bounds);
      }
      for (int look = 0; look < 3; look++) {
        int of = random.nextInt(GRIDS.length);
        long at = GRIDS[of].start(now - random.nextInt(9_000_000));
        WindowStatistics found = closed.get(of, at, bounds);
        WindowStatistics right = expected.get(ClosedWindows.key(of, at));
        assertThat(found == null ? null : RandomWindows.content(found))
            .as("tier %d at %d in step %d", of, at, step)
            .isEqualTo(right == null ? null : RandomWindows.content(right));
      }
    }
    long end = now + 10_000 * HOUR;
    closed.forgetBefore(end, bounds);
    assertThat(entries.map).isEmpty();
    assertThat(Arrays.asList(bounds.growing)).containsOnlyNulls();
  }

  /** A clock set back may close a window that is older than those that are forgotten. */
  @Test
  void whatIsForgottenStaysSoWhenAnOlderWindowComes() throws Exception {
    RandomWindows windows = new RandomWindows(new Random(9));
    long stretch = (START / 1_200_000 + 1) * 1_200_000;
    for (int minute = 0; minute < 20; minute++) {
      long start = stretch + 60_000L * minute;
      closed.put(0, windows.next(start, start + 60_000), bounds);
    }
    closed.forgetBefore(stretch + 600_000, bounds);
    closed.put(0, windows.next(stretch + 120_000, stretch + 180_000), bounds);
    assertThat(closed.get(0, stretch + 300_000, bounds)).isNull();
    assertThat(closed.get(0, stretch + 120_000, bounds)).isNotNull();
    assertThat(closed.get(0, stretch + 600_000, bounds)).isNotNull();
  }

  @Test
  void anHourOfMinutesNeedsFewEntries() throws Exception {
    RandomWindows windows = new RandomWindows(new Random(7));
    for (int minute = 0; minute < 200; minute++) {
      long start = START + 60_000L * minute;
      closed.put(0, windows.next(start, start + 60_000), bounds);
      closed.forgetBefore(start + 60_000 - HOUR, bounds);
      assertThat(entries.map).hasSizeLessThanOrEqualTo(3);
    }
  }

  /** On the heap, without Flink. */
  private static final class MapEntries implements MapState<Long, byte[]> {

    private final Map<Long, byte[]> map = new HashMap<>();

    @Override
    public byte[] get(Long key) {
      return map.get(key);
    }

    @Override
    public void put(Long key, byte[] value) {
      map.put(key, value);
    }

    @Override
    public void putAll(Map<Long, byte[]> all) {
      map.putAll(all);
    }

    @Override
    public void remove(Long key) {
      map.remove(key);
    }

    @Override
    public boolean contains(Long key) {
      return map.containsKey(key);
    }

    @Override
    public Iterable<Map.Entry<Long, byte[]>> entries() {
      return map.entrySet();
    }

    @Override
    public Iterable<Long> keys() {
      return map.keySet();
    }

    @Override
    public Iterable<byte[]> values() {
      return map.values();
    }

    @Override
    public Iterator<Map.Entry<Long, byte[]>> iterator() {
      return map.entrySet().iterator();
    }

    @Override
    public boolean isEmpty() {
      return map.isEmpty();
    }

    @Override
    public void clear() {
      map.clear();
    }
  }
}
