package io.motorwatch.tools.replay;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one device in CSV, one by one, as the job would decode them from its messages;
 * each arrives at the moment it describes. Not thread-safe.
 */
public final class RecordedReadings implements AutoCloseable {

  /** More fields of one reading the job does not take either. */
  private static final int MOST_FIELDS = 256;

  private static final int NAMED_ROWS = 3;

  private final CsvRows rows;
  private final String what;
  private final String delimiter;
  private final DeviceId device;
  private final CellTime times;
  private final int time;

  /** By field, the cell it is in. */
  private final int[] cells;

  private final String[] names;
  private final FieldLayout all;
  private final Map<BitSet, FieldLayout> layouts = new HashMap<>();
  private final double[] values;
  private final BitSet present = new BitSet();
  private final BitSet lastPresent = new BitSet();
  private FieldLayout lastLayout = FieldLayout.EMPTY;
  private long withoutTime;
  private final List<String> firstWithoutTime = new ArrayList<>();

  private RecordedReadings(
      CsvRows rows,
      RecordingFormat format,
      DeviceId device,
      int time,
      List<FieldColumns.Column> columns) {
    this.rows = rows;
    this.what = format.file().toString();
    this.delimiter = format.delimiter();
    this.device = device;
    this.times = new CellTime(format.zone());
    this.time = time;
    this.cells = columns.stream().mapToInt(FieldColumns.Column::index).toArray();
    this.names = columns.stream().map(FieldColumns.Column::name).toArray(String[]::new);
    this.all = FieldLayout.of(names);
    this.values = new double[names.length];
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws RecordingException if it is not there, is no CSV or lacks a column
   */
  public static RecordedReadings open(RecordingFormat format, DeviceId device)
      throws RecordingException {
    InputStream in;
    try {
      in = Files.newInputStream(format.file());
    } catch (IOException e) {
      throw new RecordingException("cannot read " + format.file(), e);
    }
    return of(in, format, device);
  }

  /**
   * Reads the header of CSV from anywhere.
   *
   * @param in is closed with this
   * @param format whose file is only a name for messages here
   * @throws RecordingException if it is no CSV or lacks a column
   */
  public static RecordedReadings of(InputStream in, RecordingFormat format, DeviceId device)
      throws RecordingException {
    CsvRows rows = new CsvRows(in, format.delimiter());
    try {
      if (!rows.next()) {
        throw new RecordingException(format.file() + ": is empty");
      }
      List<String> headers = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        headers.add(rows.text(i).trim());
      }
      // Excel begins UTF-8 with a byte order mark.
      headers.set(0, headers.get(0).replace("\uFEFF", ""));
      int time = FieldColumns.indexOf(format.timeColumn(), format, headers);
      return new RecordedReadings(
          rows, format, device, time, distinct(format, FieldColumns.of(format, headers)));
    } catch (IOException e) {
      close(rows);
      throw new RecordingException(format.file() + ":1: is not CSV in UTF-8", e);
    } catch (RecordingException e) {
      close(rows);
      throw e;
    }
  }

  /**
   * Reads the header of what a database answered: a column {@code time} of epoch milliseconds, and
   * fields.
   *
   * @param in is closed with this
   * @param what a name for messages
   * @param fieldOf the reading's field of a column; null where it is none
   * @throws RecordingException if it is no CSV
   */
  public static RecordedReadings ofAnswer(
      InputStream in, String what, DeviceId device, Function<String, @Nullable String> fieldOf)
      throws RecordingException {
    CsvRows rows = new CsvRows(in, ",");
    RecordingFormat format =
        new RecordingFormat(Path.of(what), ",", "time", ZoneOffset.UTC, Map.of());
    try {
      List<FieldColumns.Column> columns = new ArrayList<>();
      int time = -1;
      boolean any = rows.next();
      for (int i = 0; any && i < rows.size(); i++) {
        String header = rows.text(i);
        String field = fieldOf.apply(header);
        if (header.equals("time")) {
          time = i;
        } else if (field != null) {
          columns.add(FieldColumns.Column.of(i, field));
        }
      }
      return new RecordedReadings(rows, format, device, time, columns);
    } catch (IOException e) {
      close(rows);
      throw new RecordingException(what + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<FieldColumns.Column> distinct(
      RecordingFormat format, List<FieldColumns.Column> columns) throws RecordingException {
    Set<String> taken = new HashSet<>();
    for (FieldColumns.Column column : columns) {
      if (!taken.add(column.name())) {
        throw new RecordingException(
            format.file() + ": two columns are to be field '" + column.name() + "'");
      }
    }
    return columns.subList(0, Math.min(columns.size(), MOST_FIELDS));
  }

  /**
   * The next row with a time and a number.
   *
   * @return null at the end
   * @throws RecordingException if the file is no CSV from here on
   */
  public @Nullable Reading next() throws RecordingException {
    try {
      while (rows.next()) {
        long at =
            time >= 0 && time < rows.size()
                ? times.parse(rows.bytes(), rows.start(time), rows.end(time))
                : CellTime.NONE;
        if (at == CellTime.NONE) {
          noTime();
        } else {
          Reading reading = reading(at);
          if (reading != null) {
            return reading;
          }
        }
      }
      return null;
    } catch (CsvRows.NoCsvException e) {
      throw new RecordingException(
          what
              + ":"
              + (rows.line() + 1)
              + ": is not CSV in UTF-8 with delimiter '"
              + delimiter
              + "'",
          e);
    } catch (IOException e) {
      throw new RecordingException(what + ": cannot be read on: " + e.getMessage(), e);
    }
  }

  private @Nullable Reading reading(long at) {
    byte[] bytes = rows.bytes();
    int size = rows.size();
    int count = 0;
    for (int i = 0; i < cells.length; i++) {
      int cell = cells[i];
      double value =
          cell < size ? CellNumber.parse(bytes, rows.start(cell), rows.end(cell)) : Double.NaN;
      values[i] = value;
      count += Double.isNaN(value) ? 0 : 1;
    }
    if (count == 0) {
      return null;
    }
    return count == cells.length
        ? new Reading(device, at, at, Reading.NO_SEQ, all, values.clone())
        : partly(at, count);
  }

  private Reading partly(long at, int count) {
    double[] some = new double[count];
    int slot = 0;
    present.clear();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        present.set(i);
        some[slot++] = values[i];
      }
    }
    if (!present.equals(lastPresent)) {
      lastLayout =
          layouts.computeIfAbsent(
              (BitSet) present.clone(),
              fields -> FieldLayout.of(fields.stream().mapToObj(i -> names[i]).toList()));
      lastPresent.clear();
      lastPresent.or(present);
    }
    return new Reading(device, at, at, Reading.NO_SEQ, lastLayout, some);
  }

  private void noTime() {
    withoutTime++;
    if (firstWithoutTime.size() < NAMED_ROWS) {
      firstWithoutTime.add(rows.text(0));
    }
  }

  /** Rows so far without a readable time. */
  public long rowsWithoutTime() {
    return withoutTime;
  }

  /** The first cells of the first few of them. */
  public List<String> firstWithoutTime() {
    return List.copyOf(firstWithoutTime);
  }

  /** Bytes so far. */
  public long bytes() {
    return rows.taken();
  }

  @Override
  public void close() {
    close(rows);
  }

  private static void close(CsvRows rows) {
    try {
      rows.close();
    } catch (IOException e) {
      // Only read from.
      return;
    }
  }
}
