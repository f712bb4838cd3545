package io.motorwatch.tiers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows that follow one another as bytes: a version, their number, and the windows, each by what
 * differs from those before it. Exact to the bit, in about four bytes a field and window. One more
 * is appended without writing the others again; to find one, those before it are read. For one
 * thread.
 */
final class PackedWindows {

  private static final int VERSION = 1;

  /** Bits of version and number. */
  private static final int HEAD = 16;

  private final WindowCodec code = new WindowCodec();
  private final BitReader in = new BitReader();
  private final BitWriter out = new BitWriter();

  /**
   * With a window added, or in place of the one that has its start.
   *
   * @param packed up to 254 windows; null for none
   */
  byte[] with(WindowStatistics window, byte @Nullable [] packed) throws IOException {
    if (packed == null) {
      return pack(List.of(window));
    }
    int count = begin(packed);
    for (int i = 0; i < count; i++) {
      code.read(in);
    }
    return code.start() < window.start()
        ? appended(window, packed, count)
        : pack(inserted(window, unpack(packed)));
  }

  private byte[] appended(WindowStatistics window, byte[] packed, int count) throws IOException {
    out.resume(packed, in.position());
    code.write(window, out);
    byte[] longer = out.toBytes();
    longer[1] = (byte) (count + 1);
    return longer;
  }

  private static List<WindowStatistics> inserted(
      WindowStatistics window, List<WindowStatistics> windows) {
    int place = 0;
    while (place < windows.size() && windows.get(place).start() < window.start()) {
      place++;
    }
    if (place < windows.size() && windows.get(place).start() == window.start()) {
      windows.set(place, window);
    } else {
      windows.add(place, window);
    }
    return windows;
  }

  /** Without those that begin before this; null if none is left. */
  byte @Nullable [] since(long start, byte[] packed) throws IOException {
    List<WindowStatistics> windows = unpack(packed);
    windows.removeIf(window -> window.start() < start);
    return windows.isEmpty() ? null : pack(windows);
  }

  /** The window with this start, or null. */
  @Nullable WindowStatistics find(long start, byte[] packed) throws IOException {
    for (int rest = begin(packed); rest > 0; rest--) {
      code.read(in);
      if (code.start() >= start) {
        return code.start() == start ? code.window() : null;
      }
    }
    return null;
  }

  /**
   * Other windows, coded as if they followed those packed: of the same fields, and of about the
   * same values. {@link #readBehind} needs the same windows before them.
   *
   * @param packed null for none
   * @param windows null where there is none
   */
  byte[] behind(byte @Nullable [] packed, @Nullable WindowStatistics[] windows) throws IOException {
    readAll(packed);
    out.clear();
    for (WindowStatistics window : windows) {
      out.write(window != null);
      if (window != null) {
        code.write(window, out);
      }
    }
    return out.toBytes();
  }

  /** Sets each of the windows to what {@link #behind} wrote of it. */
  void readBehind(byte @Nullable [] packed, byte[] bytes, @Nullable WindowStatistics[] windows)
      throws IOException {
    readAll(packed);
    in.read(bytes);
    for (int i = 0; i < windows.length; i++) {
      windows[i] = null;
      if (in.readBoolean()) {
        code.read(in);
        windows[i] = code.window();
      }
    }
  }

  private void readAll(byte @Nullable [] packed) throws IOException {
    code.clear();
    if (packed != null) {
      for (int rest = begin(packed); rest > 0; rest--) {
        code.read(in);
      }
    }
  }

  private List<WindowStatistics> unpack(byte[] packed) throws IOException {
    List<WindowStatistics> windows = new ArrayList<>();
    for (int rest = begin(packed); rest > 0; rest--) {
      code.read(in);
      windows.add(code.window());
    }
    return windows;
  }

  private byte[] pack(List<WindowStatistics> windows) throws IOException {
    code.clear();
    out.clear();
    out.write(VERSION << 8 | windows.size(), HEAD);
    for (WindowStatistics window : windows) {
      code.write(window, out);
    }
    return out.toBytes();
  }

  /** Reads the head, and gives the number of windows. */
  private int begin(byte[] packed) throws IOException {
    in.read(packed);
    int version = (int) in.read(8);
    if (version != VERSION) {
      throw new IOException(
          "packed windows of form " + version + ", which this version of motorwatch cannot read");
    }
    code.clear();
    return (int) in.read(8);
  }
}
