package io.motorwatch.jobs.tiers;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The open windows, behind a byte for the version of the form. */
final class OpenWindowsSerializer extends TypeSerializerSingleton<OpenWindows> {

  static final OpenWindowsSerializer INSTANCE = new OpenWindowsSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public @Nullable OpenWindows createInstance() {
    return null;
  }

  @Override
  public OpenWindows copy(OpenWindows from) {
    return from.copy();
  }

  @Override
  public OpenWindows copy(OpenWindows from, OpenWindows reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  private static final int VERSION = 2;

  @Override
  public void serialize(OpenWindows open, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(open.windows.length);
    out.writeLong(open.lastAt);
    out.writeLong(open.overlapUntil);
    for (WindowStatistics window : open.windows) {
      out.writeBoolean(window != null);
      if (window != null) {
        window.write(out);
      }
    }
  }

  @Override
  public OpenWindows deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "windows of form " + version + ", which this version of motorwatch cannot read");
    }
    OpenWindows open = new OpenWindows(in.readByte());
    open.lastAt = in.readLong();
    open.overlapUntil = in.readLong();
    for (int i = 0; i < open.windows.length; i++) {
      open.windows[i] = in.readBoolean() ? WindowStatistics.read(in) : null;
    }
    return open;
  }

  @Override
  public OpenWindows deserialize(OpenWindows reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<OpenWindows> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Compatible with itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenWindows> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
