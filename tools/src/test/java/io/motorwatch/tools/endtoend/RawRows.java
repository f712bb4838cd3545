package io.motorwatch.tools.endtoend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Random readings of a fleet as they arrive, one row each: in bursts over three days, one in twenty
 * late by up to 55 minutes of its device's time, one in a hundred sent twice. Each device ends with
 * a reading long after, which closes all before.
 */
final class RawRows {

  static final int FIELDS = 5;

  /** Late by at most this, device time. */
  static final long LATE = 55 * 60_000;

  private static final long DAYS = 3 * 86_400_000L;

  /** Ends each device's rows: so long after its last burst. */
  static final long AFTERWARDS = 3 * 86_400_000L;

  private record Row(int device, long at, long progress, String text) {}

  private final Random random;

  private RawRows(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Rows {@code device;time;seq;cell…} in order of arrival; seq is empty for every other device.
   *
   * @param start device time of the first day, epoch milliseconds
   */
  static List<String> of(int devices, long start, long seed) {
    RawRows rows = new RawRows(seed);
    List<Row> all = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      all.addAll(rows.device(device, start));
    }
    // Stable: a device's own order stays.
    all.sort(Comparator.comparingLong(Row::progress));
    return all.stream().map(Row::text).toList();
  }

  private List<Row> device(int device, long start) {
    List<Row> inTime = new ArrayList<>();
    long at = start + random.nextInt(3_600_000);
    while (at < start + DAYS) {
      for (int left = 4 + random.nextInt(16); left > 0; left--) {
        inTime.add(row(device, at, inTime.size()));
        at += 1 + random.nextInt(20_000);
      }
      at += random.nextInt(6_000_000);
    }
    List<Row> arriving = arriving(inTime);
    arriving.add(row(device, start + DAYS + AFTERWARDS, inTime.size()));
    List<Row> rows = new ArrayList<>();
    long progress = start;
    for (Row row : arriving) {
      progress = Math.max(progress, row.at());
      rows.add(new Row(device, row.at(), progress, row.text()));
    }
    return rows;
  }

  private Row row(int device, long at, int seq) {
    StringBuilder text = new StringBuilder("motor-" + device + ";" + at + ";");
    text.append(device % 2 == 0 ? String.valueOf(seq) : "");
    for (int field = 0; field < FIELDS; field++) {
      // A device need not send every field each time, but the first always.
      boolean there = field == 0 || random.nextInt(10) > 0;
      text.append(';').append(there ? random.nextInt(1_000_000) / 1000.0 : "");
    }
    return new Row(device, at, at, text.toString());
  }

  /** Some later than others, some twice; the device's first always first. */
  private List<Row> arriving(List<Row> inTime) {
    List<Row> arriving = new ArrayList<>();
    List<List<Row>> after = new ArrayList<>();
    inTime.forEach(row -> after.add(new ArrayList<>()));
    for (int i = 0; i < inTime.size(); i++) {
      Row row = inTime.get(i);
      int last = i;
      while (last + 1 < inTime.size() && inTime.get(last + 1).at() - row.at() <= LATE) {
        last++;
      }
      if (i > 0 && last > i && random.nextInt(20) == 0) {
        after.get(i + 1 + random.nextInt(last - i)).add(row);
      } else {
        arriving.add(row);
      }
      arriving.addAll(after.get(i));
    }
    for (int i = arriving.size() - 1; i >= 0; i--) {
      if (random.nextInt(100) == 0) {
        int place = Math.min(arriving.size(), i + 1 + random.nextInt(10));
        arriving.add(place, arriving.get(i));
      }
    }
    return arriving;
  }
}
