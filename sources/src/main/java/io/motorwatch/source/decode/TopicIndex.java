package io.motorwatch.source.decode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a topic's device among all templates, and remembers: a topic comes again with every message
 * of its device, which so keeps one {@code DeviceId} instance too. For one thread.
 */
final class TopicIndex {

  /** Bounds what a flood of invented topics can occupy. */
  private static final int REMEMBERED = 200_000;

  private final List<TopicTemplate> templates;
  private final Map<String, DeviceTopic> known =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DeviceTopic> eldest) {
          return size() > REMEMBERED;
        }
      };

  TopicIndex(List<TopicTemplate> templates) {
    this.templates = templates;
  }

  /** The first template's match, or null. */
  @Nullable DeviceTopic find(String topic) {
    DeviceTopic before = known.get(topic);
    if (before != null) {
      return before;
    }
    for (TopicTemplate template : templates) {
      DeviceTopic match = template.match(topic);
      if (match != null) {
        if (match.kind() != DeviceTopic.Kind.OTHER) {
          known.put(topic, match);
        }
        return match;
      }
    }
    return null;
  }
}
