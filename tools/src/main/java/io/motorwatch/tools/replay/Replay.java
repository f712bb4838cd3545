package io.motorwatch.tools.replay;

import io.motorwatch.model.DeviceId;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.tools.publish.OrderedPublisher;
import io.motorwatch.tools.publish.Pace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a recording as the telemetry of one device, in its order, at a multiple of its time.
 */
public final class Replay implements AutoCloseable {

  private static final int MAX_UNCONFIRMED = 2_000;

  private final RecordingFormat format;
  private final double speedup;
  private final String topic;
  private final OrderedPublisher<RecordedRow> publisher;
  private final @Nullable Long beginAt;
  private long shift;
  private long rows;

  /**
   * @param speedup recorded time per wall time, above 0; infinite for as fast as possible
   * @param beginAt device time of the first row, epoch milliseconds, all others as far behind it as
   *     recorded; null to keep the recording's own times
   */
  public Replay(
      RecordingFormat format,
      DeviceId device,
      BrokerAddress broker,
      double speedup,
      @Nullable Long beginAt) {
    this.format = format;
    this.speedup = speedup;
    this.beginAt = beginAt;
    this.topic = "site/" + device.site() + "/device/" + device.device() + "/telemetry";
    this.publisher =
        new OrderedPublisher<>(
            broker,
            "motorwatch-replay-" + UUID.randomUUID(),
            MAX_UNCONFIRMED,
            this::encode,
            (row, nanoTime) -> {});
  }

  private OutgoingMessage encode(RecordedRow row) {
    String json = "{\"timestamp\":" + (row.at() + shift) + row.fields() + "}";
    return new OutgoingMessage(topic, json.getBytes(StandardCharsets.UTF_8), 1, false);
  }

  /**
   * Publishes until the end, or {@link #stop}, or where the file is no CSV any more; then waits for
   * the last confirmations. Retries indefinitely where there is no broker. Once per instance.
   *
   * @param flushLimit how long to wait for the last confirmations
   * @throws RecordingException before anything is published if the file is not there or lacks a
   *     column
   */
  public ReplayOutcome run(Duration flushLimit) throws RecordingException, InterruptedException {
    try (Recording recording = Recording.open(format)) {
      ReplayOutcome.End end = publish(recording);
      publisher.flush(flushLimit);
      return new ReplayOutcome(
          rows,
          end,
          recording.rowsWithoutTime(),
          recording.linesWithoutTime(),
          recording.rowsWithoutField(),
          publisher.counts());
    }
  }

  private ReplayOutcome.End publish(Recording recording) throws InterruptedException {
    Pace pace = null;
    try {
      for (RecordedRow row = recording.next(); row != null; row = recording.next()) {
        if (pace == null) {
          pace = new Pace(System.nanoTime(), row.at(), speedup);
          shift = beginAt == null ? 0 : beginAt - row.at();
        }
        if (!publisher.pauseUntil(pace.dueAt(row.at())) || !publisher.send(row)) {
          return new ReplayOutcome.End.Stopped();
        }
        rows++;
      }
      return new ReplayOutcome.End.Complete();
    } catch (RecordingException e) {
      return new ReplayOutcome.End.Unreadable(e);
    }
  }

  /** Ends {@link #run} soon; for any thread. */
  public void stop() {
    publisher.stop();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
