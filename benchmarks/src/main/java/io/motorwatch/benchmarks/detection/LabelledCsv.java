package io.motorwatch.benchmarks.detection;

import io.motorwatch.model.FieldLayout;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a labelled recording: every column but time and labels is a field, its name with {@code _}
 * for whatever is no letter or digit.
 *
 * @param delimiter between two columns
 * @param time the column of the time: {@code yyyy-MM-dd HH:mm:ss} in UTC, ISO 8601, or seconds
 * @param label the column that is 1 or True in an anomaly; a file without it has none
 * @param ignored columns that are no fields
 */
record LabelledCsv(char delimiter, String time, String label, List<String> ignored) {

  /** What of a file is read from where on. */
  interface Sink {
    /**
     * Takes a row.
     *
     * @param row its number, from 0
     */
    void row(int row, long at, double[] values, boolean anomalous);
  }

  /**
   * The fields of a file.
   *
   * @throws IOException if it cannot be read or has no column of the time
   */
  FieldLayout layout(Path file) throws IOException {
    try (CSVParser parser = open(file)) {
      return FieldLayout.of(List.copyOf(columns(parser, file).keySet()));
    }
  }

  /** Whether a file has labels. */
  boolean isLabelled(Path file) throws IOException {
    try (CSVParser parser = open(file)) {
      return parser.getHeaderNames().stream().anyMatch(name -> name.trim().equals(label));
    }
  }

  /**
   * Reads a file. Times in seconds that begin again, as those of one cycle after the other, go on
   * after the last.
   *
   * @throws IOException with the file and line that are not as expected
   */
  void read(Path file, Sink sink) throws IOException {
    try (CSVParser parser = open(file)) {
      int[] columns = columns(parser, file).values().stream().mapToInt(Integer::intValue).toArray();
      int timeAt = indexOf(parser, time);
      int labelAt = indexOf(parser, label);
      double base = 0;
      double last = 0;
      double step = 0;
      int row = 0;
      for (CSVRecord each : parser) {
        long at;
        String cell = each.get(timeAt).trim();
        if (isNumber(cell)) {
          double seconds = number(cell);
          if (seconds < last) {
            base += last + step;
          } else {
            step = seconds - last;
          }
          last = seconds;
          at = Math.round((base + seconds) * 1000);
        } else {
          at = instant(cell, file, parser.getCurrentLineNumber());
        }
        double[] values = new double[columns.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = columns[i] < each.size() ? number(each.get(columns[i])) : Double.NaN;
        }
        boolean anomalous = labelAt >= 0 && labelAt < each.size() && isTrue(each.get(labelAt));
        sink.row(row++, at, values, anomalous);
      }
    }
  }

  private CSVParser open(Path file) throws IOException {
    Reader reader = Files.newBufferedReader(file);
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setHeader()
        .setSkipHeaderRecord(true)
        .setAllowMissingColumnNames(true)
        .setIgnoreEmptyLines(true)
        .get()
        .parse(reader);
  }

  private Map<String, Integer> columns(CSVParser parser, Path file) throws IOException {
    if (indexOf(parser, time) < 0) {
      throw new IOException(file + ": has no column '" + time + "' but " + parser.getHeaderNames());
    }
    Map<String, Integer> columns = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(parser.getHeaderNames());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).trim();
      boolean field = !name.isEmpty() && !name.equals(time) && !name.equals(label);
      if (field && !ignored.contains(name)) {
        columns.put(name.replaceAll("[^\\p{L}\\p{N}]+", "_"), i);
      }
    }
    return columns;
  }

  private static int indexOf(CSVParser parser, String column) {
    List<String> names = parser.getHeaderNames();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).trim().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isNumber(String cell) {
    return !Double.isNaN(number(cell));
  }

  /** With a point or a comma; NaN for what is no number. */
  private static double number(String cell) {
    try {
      return Double.parseDouble(cell.trim().replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isTrue(String cell) {
    return cell.trim().equalsIgnoreCase("true") || number(cell) == 1;
  }

  private static long instant(String cell, Path file, long line) throws IOException {
    try {
      String iso = cell.replace(' ', 'T');
      return iso.endsWith("Z")
          ? Instant.parse(iso).toEpochMilli()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (java.time.DateTimeException e) {
      throw new IOException(file + ":" + line + ": '" + cell + "' is no time", e);
    }
  }
}
