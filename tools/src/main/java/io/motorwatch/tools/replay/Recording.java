package io.motorwatch.tools.replay;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** An open recording: its rows one by one, so that its size does not matter. Not thread-safe. */
final class Recording implements AutoCloseable {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final int NAMED_LINES = 5;

  private final RecordingFormat format;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final int time;
  private final List<FieldColumns.Column> columns;
  private final List<Long> linesWithoutTime = new ArrayList<>();
  private long rowsWithoutTime;
  private long rowsWithoutField;

  private Recording(RecordingFormat format, CSVParser parser) throws RecordingException {
    this.format = format;
    this.parser = parser;
    this.records = parser.iterator();
    if (!records.hasNext()) {
      throw new RecordingException(format.file() + ": is empty");
    }
    List<String> headers = headers(records.next());
    this.time = FieldColumns.indexOf(format.timeColumn(), format, headers);
    this.columns = FieldColumns.of(format, headers);
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws RecordingException if it is not there, or lacks a column
   */
  static Recording open(RecordingFormat format) throws RecordingException {
    Reader reader;
    try {
      reader = Files.newBufferedReader(format.file());
    } catch (IOException e) {
      throw new RecordingException("cannot read " + format.file(), e);
    }
    try {
      CSVFormat csv =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(format.delimiter())
              .setIgnoreEmptyLines(true)
              .get();
      return new Recording(format, CSVParser.parse(reader, csv));
    } catch (IOException | UncheckedIOException e) {
      closeQuietly(reader);
      throw new RecordingException(format.file() + ":1: is not CSV in UTF-8", e);
    } catch (RecordingException e) {
      closeQuietly(reader);
      throw e;
    }
  }

  private static void closeQuietly(Reader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      // Why it could not be opened is reported already.
      return;
    }
  }

  private static List<String> headers(CSVRecord record) {
    List<String> headers = new ArrayList<>();
    for (String header : record) {
      headers.add(header.trim());
    }
    // Excel begins UTF-8 with a byte order mark.
    headers.set(0, headers.get(0).replace("\uFEFF", ""));
    return headers;
  }

  /**
   * The next row with a time and a field.
   *
   * @return null at the end
   * @throws RecordingException if the file is no CSV from here on
   */
  @Nullable RecordedRow next() throws RecordingException {
    try {
      while (records.hasNext()) {
        CSVRecord record = records.next();
        long line = parser.getCurrentLineNumber();
        OptionalLong at =
            time < record.size()
                ? RecordedTime.parse(record.get(time), format.zone())
                : OptionalLong.empty();
        String fields = fields(record);
        if (at.isEmpty()) {
          rowsWithoutTime++;
          if (linesWithoutTime.size() < NAMED_LINES) {
            linesWithoutTime.add(line);
          }
        } else if (fields.isEmpty()) {
          rowsWithoutField++;
        } else {
          return new RecordedRow(line, at.getAsLong(), fields);
        }
      }
      return null;
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new RecordingException(
          format.file()
              + ":"
              + parser.getCurrentLineNumber()
              + ": is not CSV in UTF-8 with delimiter '"
              + format.delimiter()
              + "'",
          e);
    }
  }

  private String fields(CSVRecord record) {
    StringBuilder json = new StringBuilder();
    for (FieldColumns.Column column : columns) {
      if (column.index() < record.size()) {
        String cell = record.get(column.index()).trim();
        if (NUMBER.matcher(cell).matches()) {
          double value = Double.parseDouble(cell);
          if (Double.isFinite(value)) {
            json.append(',').append(column.quotedName()).append(':').append(value);
          }
        }
      }
    }
    return json.toString();
  }

  long rowsWithoutTime() {
    return rowsWithoutTime;
  }

  /** Of the first few of them. */
  List<Long> linesWithoutTime() {
    return List.copyOf(linesWithoutTime);
  }

  long rowsWithoutField() {
    return rowsWithoutField;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      // Only read from.
      return;
    }
  }
}
