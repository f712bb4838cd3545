package io.motorwatch.tools.simulator;

import io.motorwatch.model.DeviceId;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.tools.publish.OrderedPublisher;
import io.motorwatch.tools.publish.OrderedPublisher.SentListener;
import io.motorwatch.tools.publish.Pace;
import io.motorwatch.tools.publish.PublishCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Publishes a fleet as its motors would, at a multiple of real time: nameplates and status
 * retained, then every reading when it is due. Where the broker is slow or away it falls behind,
 * loses and reorders nothing, and catches up.
 */
public final class FleetPublisher implements AutoCloseable {

  /** Enough for some ten thousand messages a second over a network. */
  public static final int MAX_UNCONFIRMED = 2_000;

  private static final byte[] ONLINE =
      "{\"status\":\"online\"}".getBytes(StandardCharsets.US_ASCII);

  /** Waking up for each reading of a fast fleet would cost more than sending it. */
  private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** What goes out. */
  private sealed interface Message {

    /** The nameplate, retained. */
    record Attributes(int index) implements Message {}

    /** That it is online, retained. */
    record Online(int index) implements Message {}

    /** A reading. */
    record Telemetry(SimulatedReading reading) implements Message {}
  }

  private final Fleet fleet;
  private final double speedup;
  private final SentListener<? super SimulatedReading> listener;
  private final OrderedPublisher<Message> publisher;
  private final String[] telemetry;

  /**
   * Connects with {@link #run}.
   *
   * @param speedup device time per wall time, above 0
   * @param listener gets each reading as it is handed to the connection; again, if it has to go out
   *     again
   */
  public FleetPublisher(
      Fleet fleet,
      BrokerAddress broker,
      double speedup,
      SentListener<? super SimulatedReading> listener) {
    this.fleet = fleet;
    this.speedup = speedup;
    this.listener = listener;
    this.telemetry = new String[fleet.plan().devices()];
    for (int i = 0; i < telemetry.length; i++) {
      telemetry[i] = topic(i, "telemetry");
    }
    this.publisher =
        new OrderedPublisher<>(
            broker,
            "motorwatch-simulator-" + UUID.randomUUID(),
            MAX_UNCONFIRMED,
            this::encode,
            this::sent);
  }

  private String topic(int index, String kind) {
    DeviceId device = fleet.plan().device(index);
    return "site/" + device.site() + "/device/" + device.device() + "/" + kind;
  }

  private OutgoingMessage encode(Message message) {
    if (message instanceof Message.Telemetry reading) {
      return publish(telemetry[reading.reading().index()], reading.reading().json(), false);
    } else if (message instanceof Message.Attributes attributes) {
      String json = fleet.nameplates().get(attributes.index()).json();
      return publish(
          topic(attributes.index(), "attributes"), json.getBytes(StandardCharsets.UTF_8), true);
    }
    return publish(topic(((Message.Online) message).index(), "status"), ONLINE, true);
  }

  private static OutgoingMessage publish(String topic, byte[] payload, boolean retain) {
    return new OutgoingMessage(topic, payload, 1, retain);
  }

  private void sent(Message message, long nanoTime) {
    if (message instanceof Message.Telemetry reading) {
      listener.sent(reading.reading(), nanoTime);
    }
  }

  /**
   * Publishes until the fleet's end, or {@link #stop}; then waits for the last confirmations.
   * Retries indefinitely where there is no broker. Once per instance.
   *
   * @param flushLimit how long to wait for the last confirmations
   */
  public FleetOutcome run(Duration flushLimit) throws InterruptedException {
    for (int i = 0; i < telemetry.length; i++) {
      if (!publisher.send(new Message.Attributes(i)) || !publisher.send(new Message.Online(i))) {
        return new FleetOutcome(0, fleet.plan().startAt() - 1, false, publisher.counts());
      }
    }
    // Counted from the broker's answer: no device sends before it is connected.
    publisher.flush(flushLimit);
    Pace pace = new Pace(System.nanoTime(), fleet.plan().startAt(), speedup);
    Iterator<SimulatedReading> readings = fleet.readings();
    long sent = 0;
    long sentThrough = fleet.plan().endAt() - 1;
    boolean stopped = false;
    while (readings.hasNext() && !stopped) {
      SimulatedReading reading = readings.next();
      long due = pace.dueAt(reading.timestamp());
      stopped =
          (due - System.nanoTime() > TICK_NANOS && !publisher.pauseUntil(due))
              || !publisher.send(new Message.Telemetry(reading));
      if (stopped) {
        sentThrough = reading.timestamp() - 1;
      } else {
        sent++;
      }
    }
    publisher.flush(flushLimit);
    return new FleetOutcome(sent, sentThrough, !stopped, publisher.counts());
  }

  /** Ends {@link #run} soon; for any thread. */
  public void stop() {
    publisher.stop();
  }

  /** How it stands; nameplates and status count too. For any thread. */
  public PublishCounts counts() {
    return publisher.counts();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
