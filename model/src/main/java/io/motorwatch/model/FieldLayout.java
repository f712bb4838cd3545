package io.motorwatch.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a reading's fields, in the order of its values. Readings of one device nearly always
 * share one layout, so work done per layout (slots of an expression, say) can be kept and found
 * again by {@link #equals}, which is one comparison of references for shared instances.
 *
 * <p>Immutable; safe for any thread.
 */
public final class FieldLayout {

  public static final FieldLayout EMPTY = new FieldLayout(new String[0]);

  private final String[] names;
  private final int hash;

  /** Made when first asked for; whoever comes second makes the same. */
  private byte @Nullable [] encoded;

  private FieldLayout(String[] names) {
    this.names = names;
    this.hash = Arrays.hashCode(names);
  }

  /** The layout of the given names. They must differ from each other; this is not checked. */
  public static FieldLayout of(String... names) {
    return names.length == 0 ? EMPTY : new FieldLayout(names.clone());
  }

  public static FieldLayout of(List<String> names) {
    return of(names.toArray(String[]::new));
  }

  /**
   * The layout of which {@link #encoded} gave these bytes.
   *
   * @throws IllegalArgumentException if none did
   */
  public static FieldLayout decode(byte[] bytes, int length) {
    return of(FieldNames.decode(bytes, length));
  }

  /** The names as bytes, as short as they may be; not to be changed. None for no names. */
  public byte[] encoded() {
    byte[] known = encoded;
    if (known == null) {
      known = FieldNames.encode(names);
      encoded = known;
    }
    return known;
  }

  public int size() {
    return names.length;
  }

  public String name(int slot) {
    return names[slot];
  }

  /** The slot of a field, or -1. Linear: keep the result per layout where it matters. */
  public int slotOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FieldLayout that
            && hash == that.hash
            && Arrays.equals(names, that.names));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(names);
  }
}
