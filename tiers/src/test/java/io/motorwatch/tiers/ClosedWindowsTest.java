package io.motorwatch.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
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
    new FixedGrid(60_000), new FixedGrid(900_000), new CalendarGrid(1, ZoneId.of("Europe/Berlin"))
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

  private static List<Object> contents(WindowStatistics[] windows) {
    List<Object> contents = new ArrayList<>();
    for (WindowStatistics window : windows) {
      contents.add(window == null ? null : RandomWindows.content(window));
    }
    return contents;
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
        for (int above = 1; above < GRIDS.length; above++) {
          long from = GRIDS[above].start(now);
          bounds.windows[above] =
              random.nextInt(3) == 0 ? null : windows.next(from, GRIDS[above].end(from));
        }
        List<Object> open = contents(bounds.windows);
        bounds = written(bounds);
        assertThat(contents(bounds.windows)).as("open in step %d", step).isEqualTo(open);
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
    long stretch = (START / 1_440_000 + 1) * 1_440_000;
    for (int minute = 0; minute < 24; minute++) {
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

  /** The second byte of what is packed is the number of windows. */
  private int kept(int tier) {
    int count = bounds.growing[tier] == null ? 0 : bounds.growing[tier][1];
    for (Map.Entry<Long, byte[]> entry : entries.map.entrySet()) {
      count += ClosedWindows.tier(entry.getKey()) == tier ? entry.getValue()[1] : 0;
    }
    return count;
  }

  @Test
  void fewWindowsAreThereThatAreForgotten() throws Exception {
    RandomWindows windows = new RandomWindows(new Random(8));
    long quarter = 15 * 60_000;
    int most = 0;
    for (int minute = 0; minute < 2_000; minute++) {
      long start = START + 60_000L * minute;
      closed.put(0, windows.next(start, start + 60_000), bounds);
      if ((start + 60_000) % quarter == 0) {
        closed.put(1, windows.next(start + 60_000 - quarter, start + 60_000), bounds);
      }
      closed.forgetBefore(start + 60_000 - HOUR, bounds);
      assertThat(kept(0)).as("minute %d", minute).isLessThanOrEqualTo(65);
      assertThat(kept(1)).as("minute %d", minute).isLessThanOrEqualTo(4);
      most = Math.max(most, kept(0));
    }
    assertThat(most).isEqualTo(65);
  }

  /** Half an hour passes at once, so that a stretch is entered in its midst. */
  @Test
  void aStretchIsTrimmedAlsoWhereTimeLeapsIntoIt() throws Exception {
    RandomWindows windows = new RandomWindows(new Random(8));
    long stretch = (START / 1_440_000 + 1) * 1_440_000;
    for (int minute = 0; minute < 60; minute++) {
      long start = stretch + 60_000L * minute;
      closed.put(0, windows.next(start, start + 60_000), bounds);
    }
    closed.forgetBefore(stretch + 30 * 60_000, bounds);
    assertThat(kept(0)).isEqualTo(30);
    assertThat(closed.get(0, stretch + 29 * 60_000, bounds)).isNull();
    assertThat(closed.get(0, stretch + 30 * 60_000, bounds)).isNotNull();
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
