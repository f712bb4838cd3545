package io.motorwatch.tiers;

import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The serializers of this package, for the names they had in checkpoints of before 0.2. */
public final class FormerNames {

  private FormerNames() {}

  @SuppressWarnings("unchecked") // Flink compares and calls it; nothing else uses the type.
  private static TypeSerializer<Object> untyped(TypeSerializer<?> serializer) {
    return (TypeSerializer<Object>) serializer;
  }

  public static TypeSerializer<Object> currentWindow() {
    return untyped(CurrentWindowSerializer.INSTANCE);
  }

  public static TypeSerializer<Object> coarserWindows() {
    return untyped(CoarserWindowsSerializer.INSTANCE);
  }

  public static TypeSerializer<Object> windowStatistics() {
    return untyped(WindowStatisticsSerializer.INSTANCE);
  }
}
