package io.motorwatch.tools.endtoend;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the tiers must hold, from the raw rows alone: the definition in a few lines, which knows
 * nothing of the product. A row is {@code device;time;seq;cell…}, an empty cell is no value; equal
 * rows are one.
 */
final class Recount {

  /** A field of a window. */
  record Window(long count, double sum, double min, double max, double last, double deviation) {}

  private record Value(long at, double value) {}

  private final ZoneId zone;
  private final Map<String, List<Value>> values = new TreeMap<>();
  private long rows;

  private Recount(ZoneId zone) {
    this.zone = zone;
  }

  /** By {@code tier device start field}, the field's number counting from 0; times in ms. */
  static Map<String, Window> of(Path csv, ZoneId zone) throws IOException {
    return read(csv, zone).windows();
  }

  /** How many different rows there are. */
  static long rows(Path csv) throws IOException {
    return read(csv, ZoneId.of("UTC")).rows;
  }

  private static Recount read(Path csv, ZoneId zone) throws IOException {
    Recount recount = new Recount(zone);
    Set<String> different = new LinkedHashSet<>(Files.readAllLines(csv));
    different.forEach(recount::take);
    recount.rows = different.size();
    return recount;
  }

  private void take(String row) {
    String[] cells = row.split(";", -1);
    Instant at = Instant.ofEpochMilli(Long.parseLong(cells[1]));
    Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
    long quarter = at.getEpochSecond() - at.getEpochSecond() % 900;
    Instant day = at.atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant();
    for (int i = 3; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        Value value = new Value(at.toEpochMilli(), Double.parseDouble(cells[i]));
        put("warm " + cells[0] + " " + minute.toEpochMilli() + " " + (i - 3), value);
        put("cold " + cells[0] + " " + quarter * 1000 + " " + (i - 3), value);
        put("archive " + cells[0] + " " + day.toEpochMilli() + " " + (i - 3), value);
      }
    }
  }

  private void put(String window, Value value) {
    values.computeIfAbsent(window, key -> new ArrayList<>()).add(value);
  }

  private Map<String, Window> windows() {
    Map<String, Window> windows = new TreeMap<>();
    values.forEach((key, inside) -> windows.put(key, window(inside)));
    return windows;
  }

  private static Window window(List<Value> inside) {
    double[] sorted = inside.stream().mapToDouble(Value::value).sorted().toArray();
    double sum =
        inside.stream()
            .map(value -> BigDecimal.valueOf(value.value()))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .doubleValue();
    double mean = sum / sorted.length;
    double squares = 0;
    for (double value : sorted) {
      squares += (value - mean) * (value - mean);
    }
    Value last = inside.get(0);
    for (Value value : inside) {
      last = value.at() > last.at() ? value : last;
    }
    return new Window(
        sorted.length,
        sum,
        sorted[0],
        sorted[sorted.length - 1],
        last.value(),
        Math.sqrt(squares / (sorted.length - 1)));
  }
}
