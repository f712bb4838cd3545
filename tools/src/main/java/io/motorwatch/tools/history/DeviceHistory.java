package io.motorwatch.tools.history;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;

/** What is recorded of one device. Nothing is open before it is read. Immutable. */
public interface DeviceHistory {

  DeviceId device();

  /** The device's nameplate, for the whole of it. */
  Attributes attributes();

  /** How much there is, in a unit that all histories of a run have in common; more than 0. */
  long size();

  /**
   * Opens it at its beginning.
   *
   * @throws HistoryException if it cannot be read
   */
  ReadingCursor open() throws HistoryException;
}
