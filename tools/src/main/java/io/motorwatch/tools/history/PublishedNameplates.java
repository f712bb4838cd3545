package io.motorwatch.tools.history;

import io.motorwatch.jobs.config.MqttConfig;
import io.motorwatch.jobs.startup.TemporarySubscription;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.source.decode.DeviceTopic;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The nameplates that devices have published, as the broker retains them. */
public final class PublishedNameplates {

  /** Retained messages come at once; when none has for so long, there are no more. */
  private static final long QUIET_MS = 500;

  private static final long LIMIT_MS = 30_000;

  private PublishedNameplates() {}

  /**
   * Asks the broker. Blocks for half a second where it has few.
   *
   * @throws MqttUnreachableException with one line that names the address and what to check
   */
  public static Map<DeviceId, Attributes> ask(MqttConfig config)
      throws MqttUnreachableException, InterruptedException {
    List<TopicTemplate> templates = config.topics().stream().map(TopicTemplate::parse).toList();
    List<String> filters =
        templates.stream().map(each -> each.filter(DeviceTopic.Kind.ATTRIBUTES)).toList();
    LinkedBlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();
    List<MqttMessage> messages = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
    try (TemporarySubscription subscription =
        TemporarySubscription.openRetained(
            config.broker(),
            config.version(),
            filters,
            message ->
                received.add(
                    new MqttMessage(message.topic(), message.payload(), true, 1, null, 0)))) {
      MqttMessage next = received.poll(QUIET_MS, TimeUnit.MILLISECONDS);
      while (next != null && System.nanoTime() < end) {
        messages.add(next);
        next = received.poll(QUIET_MS, TimeUnit.MILLISECONDS);
      }
    }
    return Nameplates.decode(templates, messages);
  }
}
