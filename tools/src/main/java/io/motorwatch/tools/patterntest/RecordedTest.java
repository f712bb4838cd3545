package io.motorwatch.tools.patterntest;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A test made of recorded readings, on the grid of their usual distance: its series are as short as
 * they may be for the pattern to do the same, in time, in fields and in digits.
 */
final class RecordedTest {

  private static final int MOST_DIGITS = 15;

  /** As a test has it that does not say. */
  private static final long SILENT_AFTER_MS = 60_000;

  private final String patternFile;
  private final String pattern;
  private final DeviceId device;
  private final Attributes attributes;
  private final long everyMs;

  /** By field, a value for each place of the grid; NaN for none. */
  private Map<String, double[]> series;

  private RecordedTest(
      String patternFile,
      String pattern,
      DeviceId device,
      Attributes attributes,
      long everyMs,
      Map<String, double[]> series) {
    this.patternFile = patternFile;
    this.pattern = pattern;
    this.device = device;
    this.attributes = attributes;
    this.everyMs = everyMs;
    this.series = series;
  }

  /**
   * A reading of the record.
   *
   * @param at device time, epoch milliseconds
   */
  record Row(long at, Map<String, Double> values) {}

  /**
   * Puts rows on a grid.
   *
   * @param rows in order of time, at least two
   */
  static RecordedTest of(
      String patternFile, String pattern, DeviceId device, Attributes attributes, List<Row> rows) {
    long every = usualDistance(rows);
    long begin = rows.get(0).at();
    int length = (int) ((rows.get(rows.size() - 1).at() - begin + every / 2) / every) + 1;
    Map<String, double[]> series = new TreeMap<>();
    for (Row row : rows) {
      int place = (int) ((row.at() - begin + every / 2) / every);
      row.values()
          .forEach(
              (field, value) -> {
                double[] values =
                    series.computeIfAbsent(
                        field,
                        f -> {
                          double[] none = new double[length];
                          Arrays.fill(none, Double.NaN);
                          return none;
                        });
                values[place] = value;
              });
    }
    return new RecordedTest(patternFile, pattern, device, attributes, every, series);
  }

  /** The median: some are lost, some come twice. */
  private static long usualDistance(List<Row> rows) {
    long[] distances = new long[rows.size() - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = rows.get(i + 1).at() - rows.get(i).at();
    }
    Arrays.sort(distances);
    return Math.max(1, distances[distances.length / 2]);
  }

  /** What the pattern does with the series as they are. */
  List<Alarm> alarms() throws Exception {
    return alarms(series);
  }

  private List<Alarm> alarms(Map<String, double[]> of) throws Exception {
    PatternTest test =
        new PatternTest(
            "", device, attributes, everyMs, SILENT_AFTER_MS, of, Set.of(pattern), List.of());
    return new PatternTestRunner(patternFile).alarms(test);
  }

  /** Its alarms as lines that do not change when the beginning does. */
  private List<String> meaning(Map<String, double[]> of) throws Exception {
    List<String> lines = new ArrayList<>();
    int length = length(of);
    for (Alarm alarm : alarms(of)) {
      long end = PatternTestRunner.BEGIN + everyMs * length;
      lines.add(
          alarm.state()
              + " "
              + alarm.severity()
              + " "
              + (end - alarm.episode().onsetAt())
              + " "
              + (end - alarm.at()));
    }
    return lines;
  }

  private static int length(Map<String, double[]> of) {
    return of.values().stream().mapToInt(values -> values.length).max().orElse(0);
  }

  /** Leaves out what changes nothing: fields, the beginning, digits. */
  void compact() throws Exception {
    List<String> wanted = meaning(series);
    for (String field : List.copyOf(series.keySet())) {
      Map<String, double[]> fewer = new TreeMap<>(series);
      fewer.remove(field);
      keepIfSame(fewer, wanted);
    }
    int step = Integer.highestOneBit(Math.max(1, length(series)));
    for (; step > 0; step /= 2) {
      int from = step;
      Map<String, double[]> later = new TreeMap<>();
      series.forEach(
          (field, values) ->
              later.put(
                  field, Arrays.copyOfRange(values, Math.min(from, values.length), values.length)));
      keepIfSame(later, wanted);
    }
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      MathContext rounding = new MathContext(digits);
      Map<String, double[]> rounded = new TreeMap<>();
      series.forEach(
          (field, values) ->
              rounded.put(
                  field, Arrays.stream(values).map(value -> round(value, rounding)).toArray()));
      if (keepIfSame(rounded, wanted)) {
        return;
      }
    }
  }

  private static double round(double value, MathContext rounding) {
    return Double.isNaN(value) ? value : BigDecimal.valueOf(value).round(rounding).doubleValue();
  }

  private boolean keepIfSame(Map<String, double[]> tried, List<String> wanted) throws Exception {
    if (length(tried) > 0 && meaning(tried).equals(wanted)) {
      series = tried;
      return true;
    }
    return false;
  }

  /** The series as a test file writes them. */
  Map<String, String> written() {
    Map<String, String> written = new LinkedHashMap<>();
    series.forEach((field, values) -> written.put(field, written(values)));
    return written;
  }

  private String written(double[] values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length; ) {
      int end = i + 1;
      while (end < values.length && Double.compare(values[end], values[i]) == 0) {
        end++;
      }
      text.append(text.isEmpty() ? "" : " ");
      text.append(Double.isNaN(values[i]) ? "_" : plain(values[i]));
      text.append('x').append(Durations.format(everyMs * (end - i)));
      i = end;
    }
    return text.toString();
  }

  private static String plain(double value) {
    String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return text.equals("-0") ? "0" : text;
  }

  long everyMs() {
    return everyMs;
  }

  Attributes attributes() {
    return attributes;
  }

  DeviceId device() {
    return device;
  }
}
