package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.Rejection;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import io.motorwatch.sink.influx.TimePrecision;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Measurement {@code rejected} in {@code events}, at arrival time. Within the millisecond the
 * nanoseconds count up from a place of the instance's own, so that floods do not replace each
 * other, neither within a subtask nor (but for rare chance) between subtasks.
 */
public final class RejectionPoints implements PointSerializer<Rejection> {

  public static final String MEASUREMENT = "rejected";

  private static final long serialVersionUID = 1L;

  private transient long next = start();

  private static long start() {
    return ThreadLocalRandom.current().nextLong(EventTime.NANOS_PER_MILLI);
  }

  @Override
  public void serialize(Rejection rejection, PointWriter out) {
    out.begin(Tiers.EVENTS, TimePrecision.NANOSECONDS, MEASUREMENT)
        .tag("site", rejection.site())
        .tag("reason", rejection.reason().code())
        .field("topic", rejection.topic())
        .field("device", rejection.device())
        .field("detail", rejection.detail())
        .field("payload", rejection.payload())
        .time(EventTime.nanos(rejection.arrivedAt(), next++));
  }

  /** Each subtask gets a copy of its own, which starts at a place of its own. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    next = start();
  }

  @Override
  public Set<String> tiers() {
    return Set.of(Tiers.EVENTS);
  }
}
