package io.motorwatch.model.serialization;

import io.motorwatch.model.FieldLayout;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * Reads layouts, and gives those read lately as the instances they were: devices of a kind share
 * one, so that its names need not be made for each reading nor compared by whoever takes it. For
 * one thread.
 */
final class LayoutReader {

  private static final ThreadLocal<LayoutReader> OF_THREAD =
      ThreadLocal.withInitial(LayoutReader::new);

  /** Layouts remembered; a power of two. */
  private static final int PLACES = 256;

  private final @Nullable Known[] known = new Known[PLACES];
  private byte[] encoded = new byte[256];

  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  private record Known(byte[] encoded, FieldLayout layout) {}

  static FieldLayout read(DataInputView in) throws IOException {
    return OF_THREAD.get().next(in);
  }

  private FieldLayout next(DataInputView in) throws IOException {
    int length = Wire.readCount(in);
    if (length == 0) {
      return FieldLayout.EMPTY;
    }
    if (encoded.length < length) {
      encoded = new byte[2 * length];
    }
    in.readFully(encoded, 0, length);
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + encoded[i];
    }
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    Known before = known[place];
    if (before != null
        && Arrays.equals(before.encoded, 0, before.encoded.length, encoded, 0, length)) {
      return before.layout;
    }
    FieldLayout layout = decode(length);
    known[place] = new Known(Arrays.copyOf(encoded, length), layout);
    return layout;
  }

  private FieldLayout decode(int length) throws IOException {
    try {
      return FieldLayout.decode(encoded, length);
    } catch (IllegalArgumentException e) {
      throw new IOException("names of fields: " + e.getMessage(), e);
    }
  }
}
