package io.motorwatch.tools.replay;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows of CSV as places in a buffer of bytes, so that a row costs no object: cells with or without
 * quotes, rows that end in {@code \n}, {@code \r\n} or {@code \r}; empty rows are passed over. In
 * memory is the buffer, which grows to the longest row. Not thread-safe.
 */
final class CsvRows implements Closeable {

  /** A row that cannot be split. */
  static final class NoCsvException extends IOException {
    private static final long serialVersionUID = 1L;

    NoCsvException(String message) {
      super(message);
    }
  }

  private static final int FIRST_SIZE = 1 << 17;

  private final InputStream in;
  private final byte[] delimiter;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int position;
  private int limit;
  private boolean ended;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int cells;
  private long line;
  private long taken;

  /** The place of the row's next byte; the cell under way begins at {@code cell}. */
  private int at;

  private int cell;

  /** Where the quoted cell under way ends, or -1 outside of one. */
  private int quotedEnd;

  private int linesOfRow;

  /**
   * @param in is closed with this
   * @param delimiter between two cells, not empty
   */
  CsvRows(InputStream in, String delimiter) {
    this.in = in;
    this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Goes to the next row that is not empty.
   *
   * @return whether there is one
   */
  boolean next() throws IOException {
    while (true) {
      begin();
      boolean complete = false;
      while (!complete) {
        if (at < limit) {
          complete = step();
        } else if (ended) {
          if (at == position) {
            return false;
          }
          endCell(at);
          complete = true;
        } else {
          fill();
          begin();
        }
      }
      boolean empty = cells == 1 && starts[0] == ends[0] && quotedEnd < 0;
      line += Math.max(1, linesOfRow);
      taken += at - position;
      position = at;
      if (!empty) {
        return true;
      }
    }
  }

  private void begin() {
    at = position;
    cell = position;
    quotedEnd = -1;
    cells = 0;
    linesOfRow = 0;
  }

  /** Takes the next byte, or more of them; true at the end of the row. */
  private boolean step() throws IOException {
    byte[] bytes = buffer;
    byte first = delimiter[0];
    int end = limit;
    int i = at;
    while (i < end) {
      byte next = bytes[i];
      if (next == first && isDelimiter(i)) {
        endCell(i);
        i += delimiter.length;
        cell = i;
        quotedEnd = -1;
      } else if (next == '\n' || next == '\r') {
        if (next == '\r' && i + 1 == end && !ended) {
          break;
        }
        endCell(i);
        linesOfRow++;
        at = i + (next == '\r' && i + 1 < end && bytes[i + 1] == '\n' ? 2 : 1);
        return true;
      } else if (next == '"' && i == cell) {
        i = quoted(i);
      } else if (quotedEnd >= 0 && next != ' ' && next != '\t') {
        throw new NoCsvException("something follows the closing quote of a cell");
      } else {
        i++;
      }
    }
    at = limit;
    return false;
  }

  private boolean isDelimiter(int from) {
    if (delimiter.length == 1) {
      return true;
    }
    return from + delimiter.length <= limit
        && Arrays.equals(buffer, from, from + delimiter.length, delimiter, 0, delimiter.length);
  }

  /** The place behind the closing quote, or the limit where that is not in the buffer yet. */
  private int quoted(int opening) throws IOException {
    int i = opening + 1;
    while (i < limit) {
      byte next = buffer[i];
      if (next == '\n') {
        linesOfRow++;
      }
      if (next != '"') {
        i++;
      } else if (i + 1 < limit && buffer[i + 1] == '"') {
        i += 2;
      } else if (i + 1 == limit && !ended) {
        return limit;
      } else {
        quotedEnd = i;
        return i + 1;
      }
    }
    if (ended) {
      throw new NoCsvException("a quoted cell does not end");
    }
    return limit;
  }

  private void endCell(int end) {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, 2 * cells);
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    starts[cells] = quotedEnd < 0 ? cell : cell + 1;
    ends[cells] = quotedEnd < 0 ? end : quotedEnd;
    cells++;
  }

  /** Moves the row under way to the beginning of the buffer and reads what follows it. */
  private void fill() throws IOException {
    int kept = limit - position;
    if (kept == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    } else {
      System.arraycopy(buffer, position, buffer, 0, kept);
    }
    position = 0;
    limit = kept;
    int read;
    try {
      read = in.read(buffer, limit, buffer.length - limit);
    } catch (EOFException e) {
      throw new IOException("it ended before its end", e);
    }
    if (read < 0) {
      ended = true;
    } else {
      limit += read;
    }
  }

  /** The bytes that the row's cells are in, until the next call of {@link #next}. */
  byte[] bytes() {
    return buffer;
  }

  /** How many cells the row has. */
  int size() {
    return cells;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  /** A cell as text. */
  String text(int index) {
    String text =
        new String(buffer, starts[index], ends[index] - starts[index], StandardCharsets.UTF_8);
    boolean quoted = starts[index] > 0 && buffer[starts[index] - 1] == '"';
    return quoted ? text.replace("\"\"", "\"") : text;
  }

  /** Where the row ends in the file, from 1. */
  long line() {
    return line;
  }

  /** Bytes of the rows so far. */
  long taken() {
    return taken;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
