package io.motorwatch.model.serialization;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What every serializer of mutable state shares: the form begins with a byte for its version, so
 * that later ones can read it. A subclass gives the two directions and the copy, and names its
 * snapshot class.
 */
public abstract class StateSerializer<T> extends TypeSerializerSingleton<T> {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final int oldest;
  private final int version;

  /**
   * @param what for the message about a form that cannot be read: "a window"
   * @param oldest version that can still be read
   * @param version that is written
   */
  protected StateSerializer(String what, int oldest, int version) {
    this.what = what;
    this.oldest = oldest;
    this.version = version;
  }

  /** Writes the state behind the version. */
  protected abstract void write(T state, DataOutputView out) throws IOException;

  /** Reads what {@link #write} of that version wrote. */
  protected abstract T read(int writtenBy, DataInputView in) throws IOException;

  @Override
  public final void serialize(T state, DataOutputView out) throws IOException {
    out.writeByte(version);
    write(state, out);
  }

  /**
   * @throws IOException also if the state has a form of another version of motorwatch
   */
  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int writtenBy = in.readByte();
    if (writtenBy < oldest || writtenBy > version) {
      throw new IOException(
          what + " of form " + writtenBy + ", which this version of motorwatch cannot read");
    }
    return read(writtenBy, in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final boolean isImmutableType() {
    return false;
  }

  @Override
  public final @Nullable T createInstance() {
    return null;
  }

  @Override
  public final T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public final int getLength() {
    return -1;
  }
}
