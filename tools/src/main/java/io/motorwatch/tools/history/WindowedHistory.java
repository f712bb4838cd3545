package io.motorwatch.tools.history;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The readings of a time range, of a history that cannot leave out others by itself.
 *
 * @param all the whole history
 */
public record WindowedHistory(DeviceHistory all, HistoryWindow window) implements DeviceHistory {

  @Override
  public DeviceId device() {
    return all.device();
  }

  @Override
  public Attributes attributes() {
    return all.attributes();
  }

  @Override
  public long size() {
    return all.size();
  }

  @Override
  public ReadingCursor open() throws HistoryException {
    ReadingCursor cursor = all.open();
    return new ReadingCursor() {
      @Override
      public @Nullable Reading next() throws HistoryException {
        Reading next = cursor.next();
        while (next != null && !window.contains(next.timestamp())) {
          next = cursor.next();
        }
        return next;
      }

      @Override
      public long position() {
        return cursor.position();
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }
}
