package io.motorwatch.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Motors of one site that report in turn and stall for four of every twenty seconds, each at
 * another time, so that alarms are raised all the while. Knows the reading that completes each. For
 * one thread.
 */
public final class StallingFleet {

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
   * @param payload of its message; not to be changed
   * @param completes whether it completes an alarm
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Message(ReadingKey moment, byte[] payload, boolean completes) {

    public String topic() {
      return "site/" + moment.site() + "/device/" + moment.device() + "/telemetry";
    }
  }

  public StallingFleet(String site, int devices) {
    this.site = site;
    this.lastAt = new long[devices];
    this.onset = new long[devices];
    this.seq = new long[devices];
    Arrays.fill(onset, NEVER);
  }

  /** The next device's reading of now; a device's time never stands still. */
  public Message next(long nowMs) {
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
    return new Message(new ReadingKey(site, name, at), payload(device, at, stalled), completes);
  }

  private byte[] payload(int device, long at, boolean stalled) {
    return ("{\"timestamp\":"
            + at
            + ",\"seq\":"
            + ++seq[device]
            + ",\"current\":"
            + (stalled ? 25 : 9 + at % 97 / 100.0)
            + ",\"speed\":"
            + (1470 + at % 31 / 10.0)
            + ",\"temperature\":"
            + (60 + at % 53 / 10.0)
            + '}')
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
