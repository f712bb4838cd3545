package io.motorwatch.timeline;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A device with everything that goes wrong with devices: readings lost, sent twice and overtaken,
 * restarts, a clock that is set back, two hours of backlog between readings of now or all at once.
 */
final class UnrulyDevice {

  static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  private static final FieldLayout CURRENT = FieldLayout.of("current");
  private static final long BACKLOG = 7_200_000;

  private final Random random;
  private final long skew;
  private final List<Reading> sent = new ArrayList<>();
  private final List<Reading> overtaken = new ArrayList<>();
  private int countFrom;
  private long now = 1_800_000_000_000L;
  private long seq;

  UnrulyDevice(long seed) {
    random = new Random(seed);
    skew = random.nextInt(7_200_000) - 3_600_000L;
    seq = random.nextInt(2_000);
  }

  List<Reading> readings(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    deliverOvertaken();
    return sent;
  }

  private void step() {
    now += random.nextInt(100) == 0 ? random.nextInt(600_000) : random.nextInt(2_000);
    switch (random.nextInt(400)) {
      case 0 -> setBack();
      case 1 -> restart();
      case 2 -> backlogAtOnce();
      case 3 -> backlogBetween();
      default -> usual();
    }
  }

  private void usual() {
    Reading reading = next(now);
    switch (random.nextInt(20)) {
      case 0 -> {
        // Lost.
      }
      case 1 -> overtaken.add(reading);
      case 2 -> {
        sent.add(reading);
        sent.add(sent.get(Math.max(countFrom, sent.size() - 1 - random.nextInt(50))));
      }
      default -> sent.add(reading);
    }
    if (overtaken.size() > 3) {
      deliverOvertaken();
    }
  }

  private Reading next(long at) {
    double[] values = {random.nextInt(100)};
    return new Reading(DEVICE, at, at + skew, seq++, CURRENT, values);
  }

  private void deliverOvertaken() {
    if (!overtaken.isEmpty()) {
      // Never the newest of all: what overtook them came before.
      sent.add(next(++now));
      sent.addAll(overtaken);
      overtaken.clear();
    }
  }

  private void setBack() {
    deliverOvertaken();
    now -= random.nextInt((int) BACKLOG);
  }

  private void restart() {
    deliverOvertaken();
    // Only a fall from high up is a restart beyond doubt, and only at a time that is new.
    long newest = sent.stream().mapToLong(Reading::timestamp).max().orElse(now);
    if (seq > 1_600) {
      now = Math.max(now, newest + 1_000);
      seq = random.nextInt(3);
      countFrom = sent.size();
    }
  }

  private void backlogAtOnce() {
    deliverOvertaken();
    sent.add(next(now));
    for (long at = now - BACKLOG; at < now; at += 60_000) {
      sent.add(next(at));
    }
  }

  private void backlogBetween() {
    deliverOvertaken();
    for (long at = now - BACKLOG; at < now; at += 60_000) {
      sent.add(next(now++));
      sent.add(next(at));
    }
  }
}
