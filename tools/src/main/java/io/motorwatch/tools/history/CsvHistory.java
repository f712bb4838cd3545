package io.motorwatch.tools.history;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.tools.replay.RecordedReadings;
import io.motorwatch.tools.replay.RecordingException;
import io.motorwatch.tools.replay.RecordingFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recordings of one device in CSV files, one file after the other. Sizes are bytes. */
public final class CsvHistory implements DeviceHistory {

  private final DeviceId device;
  private final Attributes attributes;
  private final List<RecordingFormat> files;

  private CsvHistory(DeviceId device, Attributes attributes, List<RecordingFormat> files) {
    this.device = device;
    this.attributes = attributes;
    this.files = List.copyOf(files);
  }

  /**
   * The recordings of one device in the order given.
   *
   * @throws HistoryException for a file that is not there, is no CSV or lacks a column
   */
  public static CsvHistory of(DeviceId device, Attributes attributes, List<RecordingFormat> files)
      throws HistoryException {
    CsvHistory history = new CsvHistory(device, attributes, files);
    for (RecordingFormat file : history.files) {
      history.open(file).close();
    }
    return history;
  }

  private RecordedReadings open(RecordingFormat file) throws HistoryException {
    try {
      return RecordedReadings.open(file, device);
    } catch (RecordingException e) {
      throw wrong(e);
    }
  }

  private static HistoryException wrong(RecordingException cause) {
    return new HistoryException(
        HistoryException.Kind.WRONG_INPUT, String.valueOf(cause.getMessage()), cause);
  }

  @Override
  public DeviceId device() {
    return device;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public long size() {
    long bytes = 1;
    for (RecordingFormat file : files) {
      try {
        bytes += Files.size(file.file());
      } catch (IOException e) {
        // It is reported when it is opened.
        bytes += 0;
      }
    }
    return bytes;
  }

  @Override
  public ReadingCursor open() {
    return new Cursor(new ArrayDeque<>(files));
  }

  private final class Cursor implements ReadingCursor {

    private final Deque<RecordingFormat> left;
    private @Nullable RecordedReadings current;
    private long before;

    Cursor(Deque<RecordingFormat> left) {
      this.left = left;
    }

    @Override
    public @Nullable Reading next() throws HistoryException {
      while (true) {
        RecordedReadings from = current;
        if (from == null) {
          RecordingFormat file = left.poll();
          if (file == null) {
            return null;
          }
          from = CsvHistory.this.open(file);
          current = from;
        }
        Reading reading;
        try {
          reading = from.next();
        } catch (RecordingException e) {
          throw wrong(e);
        }
        if (reading != null) {
          return reading;
        }
        before += from.bytes();
        close();
      }
    }

    @Override
    public long position() {
      return before + (current == null ? 0 : current.bytes());
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
