package io.motorwatch.source.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Keeps the payloads that pass, for all subtasks of the one job that runs in this JVM; fails once,
 * when told to.
 */
final class Collector implements MapFunction<MqttMessage, String> {

  private static final long serialVersionUID = 1L;

  static final List<String> SEEN = new CopyOnWriteArrayList<>();
  static final AtomicInteger FAIL_IN = new AtomicInteger(-1);

  static void reset() {
    SEEN.clear();
    FAIL_IN.set(-1);
  }

  @Override
  public String map(MqttMessage message) {
    if (FAIL_IN.get() >= 0 && FAIL_IN.getAndDecrement() == 0) {
      throw new IllegalStateException("failing as told");
    }
    String payload = new String(message.payload(), StandardCharsets.UTF_8);
    SEEN.add(payload);
    return payload;
  }
}
