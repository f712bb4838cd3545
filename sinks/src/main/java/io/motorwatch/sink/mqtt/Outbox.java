package io.motorwatch.sink.mqtt;

import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.sink.mqtt.TopicBacklog.Waiting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The messages not yet confirmed, in their order, and which of them are to be sent. Each keeps its
 * number for life, so that a confirmation counts whichever connection brings it; each sending has a
 * number of its own. For one thread.
 *
 * <p>Brokers answer in the order of what they got (OASIS MQTT 5.0, 4.6): when one refuses a message
 * for now, those sent behind it on its topic are not answered yet. Whatever the answer will be,
 * they are repeated behind it.
 */
final class Outbox {

  private static final long NEVER = 0;

  private final Map<Long, Entry> entries = new LinkedHashMap<>();
  private final PausedTopics topics;
  private long lastNumber;
  private long lastSending = NEVER;
  private long lastOfFormerConnections = NEVER;

  private static final class Entry {
    final OutgoingMessage message;
    long sending = NEVER;

    Entry(OutgoingMessage message) {
      this.message = message;
    }
  }

  /**
   * @param restored may come from several writers; of each the messages keep their order, and
   *     theirs, which cannot be compared, are mixed
   */
  Outbox(Collection<TopicBacklog> restored, RandomGenerator random) {
    topics = new PausedTopics(random);
    restored.stream()
        .flatMap(backlog -> backlog.messages().stream())
        .sorted(Comparator.comparingLong(Waiting::number))
        .forEach(waiting -> add(waiting.message()));
  }

  /** Takes a message behind all others; its number. */
  long add(OutgoingMessage message) {
    entries.put(++lastNumber, new Entry(message));
    return lastNumber;
  }

  int size() {
    return entries.size();
  }

  /** All messages, by their topics. */
  List<TopicBacklog> backlogs() {
    Map<String, List<Waiting>> byTopic = new LinkedHashMap<>();
    entries.forEach(
        (number, entry) ->
            byTopic
                .computeIfAbsent(entry.message.topic(), topic -> new ArrayList<>())
                .add(new Waiting(number, entry.message)));
    return byTopic.entrySet().stream()
        .map(topic -> new TopicBacklog(topic.getKey(), topic.getValue()))
        .toList();
  }

  /** Null if it is confirmed or given up. */
  @Nullable OutgoingMessage get(long number) {
    Entry entry = entries.get(number);
    return entry == null ? null : entry.message;
  }

  /** Whether a message may go out now, as far as its topic is concerned. */
  boolean mayGo(long number) {
    Entry entry = entries.get(number);
    return entry != null && !topics.paused(entry.message.topic());
  }

  /**
   * The messages to be sent: not under way by this connection, and their topics not paused.
   *
   * @param limit how many may be under way with these, which are the first ones then
   */
  List<Long> due(int limit) {
    List<Long> due = new ArrayList<>();
    int underWay = 0;
    for (Map.Entry<Long, Entry> numbered : entries.entrySet()) {
      if (underWay + due.size() >= limit) {
        break;
      }
      Entry entry = numbered.getValue();
      if (underWay(entry)) {
        underWay++;
      } else if (!topics.paused(entry.message.topic())) {
        due.add(numbered.getKey());
      }
    }
    return due;
  }

  /** The first message that this connection has been given and not answered, or null. */
  @Nullable Long firstUnderWay() {
    for (Map.Entry<Long, Entry> entry : entries.entrySet()) {
      if (underWay(entry.getValue())) {
        return entry.getKey();
      }
    }
    return null;
  }

  private boolean underWay(Entry entry) {
    return entry.sending > lastOfFormerConnections
        && !topics.isVoid(entry.message.topic(), entry.sending);
  }

  /** A message goes out; the number of this sending. */
  long send(long number) {
    Entry entry = entries.get(number);
    if (entry != null) {
      entry.sending = ++lastSending;
    }
    return lastSending;
  }

  /** What was sent and not answered has to be sent again. */
  void connectionEnded() {
    lastOfFormerConnections = lastSending;
  }

  /** Whether the answer to a sending counts: the message is not done, nor is it repeated. */
  boolean counts(long number, long sending) {
    Entry entry = entries.get(number);
    return entry != null && !topics.isVoid(entry.message.topic(), sending);
  }

  /** A message is confirmed or given up; what it was, null if that is known already. */
  @Nullable OutgoingMessage remove(long number) {
    Entry entry = entries.remove(number);
    if (entry == null) {
      return null;
    }
    topics.answered(entry.message.topic());
    return entry.message;
  }

  /**
   * The broker refused a message for now: its topic pauses.
   *
   * @param now milliseconds of any clock
   * @return for how long, milliseconds
   */
  long pause(String topic, long now) {
    return topics.refused(topic, lastSending, now);
  }

  /** Whether some topic pauses. */
  boolean pausing() {
    return topics.any();
  }

  /** Ends the pauses that have lasted long enough; whether there were any. */
  boolean resume(long now) {
    return topics.resume(now);
  }
}
