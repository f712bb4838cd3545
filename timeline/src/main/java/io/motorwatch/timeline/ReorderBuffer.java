package io.motorwatch.timeline;

import io.motorwatch.model.Reading;
import io.motorwatch.model.serialization.ReadingSerializer;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Readings of a device that wait a moment for others which may have been overtaken on their way:
 * several broker sessions that share a subscription keep no common order. In the order of device
 * time, of arrival where that is the same. Mutable; belongs to one key.
 */
final class ReorderBuffer {

  static final long NONE = Long.MIN_VALUE;

  /** The last form of a device's time line in which waiting readings had no version. */
  private static final int WITHOUT_VERSION = 4;

  /** Form of the readings; another one once {@link ReadingSerializer} writes another. */
  private static final int VERSION = 1;

  private final List<Reading> waiting = new ArrayList<>();

  void add(Reading reading) {
    int place = waiting.size();
    while (place > 0 && waiting.get(place - 1).timestamp() > reading.timestamp()) {
      place--;
    }
    waiting.add(place, reading);
  }

  /** Wall clock of the earliest arrival among those that wait, or {@link #NONE}. */
  long earliestArrival() {
    return waiting.stream().mapToLong(Reading::arrivedAt).min().orElse(NONE);
  }

  /**
   * Takes out, in order, all that arrived by this wall clock and all that is older than they are.
   */
  List<Reading> takeArrivedBy(long wallClock) {
    int count = 0;
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).arrivedAt() <= wallClock) {
        count = i + 1;
      }
    }
    List<Reading> head = waiting.subList(0, count);
    List<Reading> taken = List.copyOf(head);
    head.clear();
    return taken;
  }

  /** Takes out all, in order. */
  List<Reading> takeAll() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Reading> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  ReorderBuffer copy() {
    ReorderBuffer copy = new ReorderBuffer();
    copy.waiting.addAll(waiting);
    return copy;
  }

  /** The count, and where it is not zero the version of the form, and the readings. */
  void write(DataOutputView out) throws IOException {
    Wire.writeCount(waiting.size(), out);
    if (waiting.isEmpty()) {
      return;
    }
    out.writeByte(VERSION);
    for (Reading reading : waiting) {
      ReadingSerializer.INSTANCE.serialize(reading, out);
    }
  }

  /**
   * @param writtenBy the form of the time line it is part of
   * @throws IOException also if the readings have a form of another version of motorwatch
   */
  static ReorderBuffer read(int writtenBy, DataInputView in) throws IOException {
    ReorderBuffer buffer = new ReorderBuffer();
    int count = Wire.readCount(in);
    int version = count > 0 && writtenBy > WITHOUT_VERSION ? in.readByte() : VERSION;
    if (version != VERSION) {
      throw new IOException(
          "waiting readings of form " + version + ", which this version of motorwatch cannot read");
    }
    for (int n = count; n > 0; n--) {
      buffer.waiting.add(ReadingSerializer.INSTANCE.deserialize(in));
    }
    return buffer;
  }
}
