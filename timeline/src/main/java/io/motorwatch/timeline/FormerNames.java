package io.motorwatch.timeline;

import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The serializer of this package, for the name it had in checkpoints of before 0.2. */
public final class FormerNames {

  private FormerNames() {}

  @SuppressWarnings("unchecked") // Flink compares and calls it; nothing else uses the type.
  public static TypeSerializer<Object> timelineState() {
    return (TypeSerializer<Object>) (TypeSerializer<?>) TimelineStateSerializer.INSTANCE;
  }
}
