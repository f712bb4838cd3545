package io.motorwatch.benchmarks.deployed;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Motors of one site that report in turn and stall for four of every twenty seconds, each at
 * another time, so that alarms are raised all the while. Knows the reading that completes each. For
 * one thread.
 */
final class StallingFleet {

  private static final long CYCLE_MS = 20_000;
  private static final long STALL_MS = 4_000;

  /** Of pattern {@code stall} in conf/patterns.yaml. */
  private static final long HELD_MS = 2_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final String site;
  private final long[] lastAt;
  private final long[] onset;
  private final long[] seq;
  private int next;

  /**
   * A reading as it goes out.
   *
   * @param moment which one
   * @param publish the message
   * @param completes whether it completes an alarm
   */
  record Message(Moment moment, Mqtt5Publish publish, boolean completes) {}

  StallingFleet(String site, int devices) {
    this.site = site;
    this.lastAt = new long[devices];
    this.onset = new long[devices];
    this.seq = new long[devices];
    Arrays.fill(onset, NEVER);
  }

  /** The next device's reading of now; a device's time never stands still. */
  Message next(long nowMs) {
    int device = next;
    next = (next + 1) % lastAt.length;
    long at = Math.max(nowMs, lastAt[device] + 1);
    lastAt[device] = at;
    long phase = Math.floorMod(at - CYCLE_MS * device / lastAt.length, CYCLE_MS);
    boolean stalled = phase >= CYCLE_MS - STALL_MS;
    boolean completes = false;
    if (!stalled) {
      onset[device] = NEVER;
    } else if (onset[device] == NEVER) {
      onset[device] = at;
    } else if (onset[device] >= 0 && at >= onset[device] + HELD_MS) {
      completes = true;
      // Raised: no more until the load is gone.
      onset[device] = -1;
    }
    String name = "motor-" + device;
    return new Message(new Moment(site, name, at), message(name, device, at, stalled), completes);
  }

  private Mqtt5Publish message(String name, int device, long at, boolean stalled) {
    String payload =
        "{\"timestamp\":"
            + at
            + ",\"seq\":"
            + ++seq[device]
            + ",\"current\":"
            + (stalled ? 25 : 9 + at % 97 / 100.0)
            + ",\"speed\":"
            + (1470 + at % 31 / 10.0)
            + ",\"temperature\":"
            + (60 + at % 53 / 10.0)
            + '}';
    return Mqtt5Publish.builder()
        .topic("site/" + site + "/device/" + name + "/telemetry")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.ISO_8859_1))
        .build();
  }
}
