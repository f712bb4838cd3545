package io.motorwatch.jobs.tiers;

import io.motorwatch.tiers.FormerNames;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;

/**
 * A name that checkpoints and savepoints of before 0.2 hold: Flink loads the snapshot class a state
 * was written with by its name, and so it must stay where it was.
 */
public final class CurrentWindowSerializer {

  private CurrentWindowSerializer() {}

  /** Leads to the serializer as it is called now. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Object> {
    public Snapshot() {
      super(FormerNames::currentWindow);
    }
  }
}
