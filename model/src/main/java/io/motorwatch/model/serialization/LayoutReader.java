package io.motorwatch.model.serialization;

import io.motorwatch.model.FieldLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    int size = Wire.readCount(in);
    if (size == 0) {
      return FieldLayout.EMPTY;
    }
    int end = 0;
    int hash = size;
    for (int i = 0; i < size; i++) {
      int length = Wire.readCount(in);
      if (encoded.length < end + length + Integer.BYTES) {
        encoded = Arrays.copyOf(encoded, 2 * (end + length + Integer.BYTES));
      }
      // The length stands before each name, so that "ab","c" is not "a","bc".
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        encoded[end++] = (byte) (length >>> shift);
      }
      in.readFully(encoded, end, length);
      end += length;
      hash = 31 * (31 * hash + length) + (length == 0 ? 0 : encoded[end - 1]);
    }
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    Known before = known[place];
    if (before != null
        && Arrays.equals(before.encoded, 0, before.encoded.length, encoded, 0, end)) {
      return before.layout;
    }
    FieldLayout layout = decode(size);
    known[place] = new Known(Arrays.copyOf(encoded, end), layout);
    return layout;
  }

  private FieldLayout decode(int size) {
    String[] names = new String[size];
    int at = 0;
    for (int i = 0; i < size; i++) {
      int length = 0;
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        length |= (encoded[at++] & 0xFF) << shift;
      }
      names[i] = new String(encoded, at, length, StandardCharsets.UTF_8);
      at += length;
    }
    return FieldLayout.of(names);
  }
}
