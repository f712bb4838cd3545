package io.motorwatch.benchmarks.latency;

import io.motorwatch.benchmarks.Latencies;
import io.motorwatch.benchmarks.ReadingKey;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import java.io.Serial;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * From when the reading that completes an alarm was due at the job until its alert reaches the
 * sink. One job at a time, found by static reference, as Flink copies what operators hold.
 * Thread-safe.
 */
final class AlertTimes {

  private static volatile AlertTimes current = new AlertTimes();

  private final Map<ReadingKey, Long> awaited = new ConcurrentHashMap<>();
  private final Queue<ReadingKey> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicLong handed = new AtomicLong();
  private final AtomicLong latest = new AtomicLong();
  private volatile Queue<Long> taken = new ConcurrentLinkedQueue<>();

  /** Starts again. */
  static AlertTimes begin() {
    current = new AlertTimes();
    return current;
  }

  /** A reading that completes an alarm is due, System.nanoTime. */
  static void due(ReadingKey moment, long nanoTime) {
    current.awaited.put(moment, nanoTime);
  }

  /** A reading goes to the job, so many nanoseconds after it was due. */
  static void sent(long behindNanos) {
    current.handed.incrementAndGet();
    current.latest.set(behindNanos);
  }

  private void alert(Alarm alarm) {
    if (alarm.state() != AlarmState.RAISED || !alarm.episode().pattern().equals("stall")) {
      return;
    }
    long now = System.nanoTime();
    DeviceId device = alarm.episode().device();
    ReadingKey moment = new ReadingKey(device.site(), device.device(), alarm.at());
    Long due = awaited.remove(moment);
    if (due == null) {
      unexpected.add(moment);
    } else {
      taken.add(now - due);
    }
  }

  /** Readings handed to the job so far. */
  long sent() {
    return handed.get();
  }

  /** By how much the newest reading went to the job later than it was due, milliseconds. */
  double behindMs() {
    return latest.get() / 1e6;
  }

  /** Alerts that have not come though they were due at this System.nanoTime already. */
  long missing(long nanoTime) {
    return awaited.values().stream().filter(due -> due - nanoTime < 0).count();
  }

  /**
   * What was measured since the last call.
   *
   * @throws IllegalStateException if there was an alert that no reading asked for
   */
  Latencies take() {
    if (!unexpected.isEmpty()) {
      throw new IllegalStateException("an alert that nothing completed: " + unexpected.peek());
    }
    Queue<Long> all = taken;
    taken = new ConcurrentLinkedQueue<>();
    return Latencies.ofNanos(all.stream().mapToLong(Long::longValue).toArray());
  }

  /** Where alerts end. */
  static Sink<Alarm> sink() {
    return new AlertSink();
  }

  private static final class AlertSink implements Sink<Alarm> {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Alarm> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(Alarm alarm, Context at) {
          current.alert(alarm);
        }

        @Override
        public void flush(boolean endOfInput) {
          // Nothing is held.
        }

        @Override
        public void close() {
          // Nothing was opened.
        }
      };
    }
  }
}
