package io.motorwatch.tools.history;

import io.motorwatch.model.Reading;
import org.jspecify.annotations.Nullable;

/** Readings of one device, one by one, in the order they are recorded in. For one thread. */
public interface ReadingCursor extends AutoCloseable {

  /**
   * The next reading.
   *
   * @return null at the end
   * @throws HistoryException if it cannot be read on
   */
  @Nullable Reading next() throws HistoryException;

  /** How much has been read, in the unit of {@link DeviceHistory#size}. */
  long position();

  @Override
  void close();
}
