package io.motorwatch.tiers;

import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Codes windows that follow one another, each by what differs from those before. The reader learns
 * from what it reads as the writer did, so it can go on as a writer. For one thread.
 */
final class WindowCodec {

  private final AdaptiveRiceCodec countCode = new AdaptiveRiceCodec();
  private final AdaptiveRiceCodec timeCode = new AdaptiveRiceCodec();
  private final DataInputDeserializer inBytes = new DataInputDeserializer();
  private final DataOutputSerializer outBytes = new DataOutputSerializer(64);
  private FieldCodec[] fields = {};

  /** Of the windows before, and, once it is written or read, the one at hand. */
  private long start;

  private long end;
  private FieldLayout layout = FieldLayout.EMPTY;
  private long[] counts = {};

  /** From the window's start. */
  private long[] lastAfter = {};

  private FurtherSums further = new FurtherSums(FurtherSums.Kept.NOTHING);

  /** Before the first window. */
  void clear() {
    start = 0;
    end = 0;
    begin(FieldLayout.EMPTY);
  }

  private void begin(FieldLayout next) {
    layout = next;
    int size = layout.size();
    if (fields.length < size) {
      int before = fields.length;
      fields = Arrays.copyOf(fields, size);
      for (int i = before; i < size; i++) {
        fields[i] = new FieldCodec();
      }
      counts = new long[size];
      lastAfter = new long[size];
    }
    for (int i = 0; i < size; i++) {
      fields[i].clear();
      counts[i] = 0;
      lastAfter[i] = 0;
    }
    countCode.expect(1);
    timeCode.expect(1);
  }

  void write(WindowStatistics window, BitWriter out) throws IOException {
    boolean follows = window.start() == end;
    boolean sameLength = window.end() - window.start() == end - start;
    boolean sameLayout = window.layout().equals(layout);
    if (!sameLayout) {
      begin(window.layout());
    }
    int size = layout.size();
    boolean countsTogether = true;
    boolean timesTogether = true;
    boolean sameForm = true;
    for (int i = 0; i < size; i++) {
      countsTogether &= window.count(i) == window.count(0);
      timesTogether &= window.lastAt(i) == window.lastAt(0);
      sameForm &= fields[i].take(window, i);
    }
    boolean nothingFurther = window.further().isNothing();
    boolean asUsual =
        follows
            && sameLength
            && sameLayout
            && countsTogether
            && timesTogether
            && sameForm
            && nothingFurther;
    out.write(asUsual);
    if (!asUsual) {
      out.write(follows);
      out.write(sameLength);
      out.write(sameLayout);
      out.write(countsTogether);
      out.write(timesTogether);
      out.write(sameForm);
      out.write(nothingFurther);
      if (!follows) {
        out.writeNumber(window.start() - end);
      }
      if (!sameLength) {
        out.writeNumber(window.end() - window.start());
      }
      if (!sameLayout) {
        outBytes.clear();
        Wire.writeLayout(layout, outBytes);
        writeBytes(out);
      }
      if (!nothingFurther) {
        outBytes.clear();
        window.further().write(outBytes);
        writeBytes(out);
      }
    }
    start = window.start();
    end = window.end();
    for (int i = 0; i < size; i++) {
      long count = window.count(i);
      if (i == 0 || !countsTogether) {
        countCode.write(count - counts[i], out);
      }
      counts[i] = count;
      long after = window.lastAt(i) - start;
      if (i == 0 || !timesTogether) {
        timeCode.write(after - lastAfter[i], out);
      }
      lastAfter[i] = after;
      if (!sameForm) {
        fields[i].writeForm(out);
      }
      fields[i].write(count, out);
    }
  }

  private void writeBytes(BitWriter out) {
    out.writeNumber(outBytes.length());
    out.writeBytes(outBytes.getSharedBuffer(), outBytes.length());
  }

  /** Reads the next window, to be at hand. */
  void read(BitReader in) throws IOException {
    boolean asUsual = in.readBoolean();
    boolean follows = asUsual || in.readBoolean();
    boolean sameLength = asUsual || in.readBoolean();
    boolean sameLayout = asUsual || in.readBoolean();
    boolean countsTogether = asUsual || in.readBoolean();
    boolean timesTogether = asUsual || in.readBoolean();
    boolean sameForm = asUsual || in.readBoolean();
    boolean nothingFurther = asUsual || in.readBoolean();
    long length = end - start;
    start = follows ? end : end + in.readNumber();
    end = start + (sameLength ? length : in.readNumber());
    if (!sameLayout) {
      readBytes(in);
      begin(Wire.readLayout(inBytes));
    }
    int size = layout.size();
    if (!nothingFurther) {
      readBytes(in);
      further = FurtherSums.read(size, inBytes);
    } else if (!further.isNothing()) {
      further = new FurtherSums(FurtherSums.Kept.NOTHING);
    }
    for (int i = 0; i < size; i++) {
      counts[i] = i == 0 || !countsTogether ? counts[i] + countCode.read(in) : counts[0];
      lastAfter[i] = i == 0 || !timesTogether ? lastAfter[i] + timeCode.read(in) : lastAfter[0];
      if (sameForm) {
        fields[i].sameForm();
      } else {
        fields[i].readForm(in);
      }
      fields[i].read(counts[i], in);
    }
  }

  private void readBytes(BitReader in) throws IOException {
    inBytes.setBuffer(in.readBytes((int) in.readNumber()));
  }

  /** Start of the window at hand. */
  long start() {
    return start;
  }

  /** The window at hand, on its own. */
  WindowStatistics window() {
    WindowStatistics window = new WindowStatistics(start, end, layout, further.copy());
    for (int i = 0; i < layout.size(); i++) {
      fields[i].give(window, i, counts[i], start + lastAfter[i]);
    }
    return window;
  }
}
