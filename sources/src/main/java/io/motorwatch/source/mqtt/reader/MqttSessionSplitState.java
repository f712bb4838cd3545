package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.MqttMessage;
import io.motorwatch.source.mqtt.journal.JournalRecord;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.SessionProgress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session while it is read, with what the job has got of it. For the task's thread.
 *
 * <p>An acknowledgement that was sent is not always known to have arrived: the connection may end
 * before the broker says so, and those sent since the checkpoint are unknown after a restore. A
 * broker that resumes a session sends again what it still holds. What does not come again is done,
 * and must be forgotten: its identifier goes to another message. MQTT does not say that the
 * repeated come first (Mosquitto sends them first, and in order), so this is taken for certain only
 * when new messages came and no repeated one from one checkpoint to the next.
 */
final class MqttSessionSplitState {

  private final MqttSessionSplit split;
  private final EmittedMessages emitted;
  private AckHandle.@Nullable Epoch epoch;

  /** Of what was handed on by connections before, what has not come again by the present one. */
  private EmittedMessages missing = new EmittedMessages();

  /** Whether the present connection stood at the last checkpoint already. */
  private boolean sinceCheckpoint;

  /** By packet identifier, whose message had it last; only where a journal is written. */
  private final Map<Integer, AckHandle> lastUses = new HashMap<>();

  private final HeldMessages held = new HeldMessages();

  private long position;
  private long appended;
  private boolean newCame;
  private boolean repeatCame;

  private MqttSessionSplitState(MqttSessionSplit split) {
    this.split = split;
    this.emitted = split.progress().emitted().copy();
    this.position = split.progress().position();
    this.appended = position;
  }

  static MqttSessionSplitState of(MqttSessionSplit split) {
    return new MqttSessionSplitState(split);
  }

  MqttSessionSplit split() {
    return split;
  }

  /**
   * A message comes by this connection.
   *
   * @return whether it is the connection's first: none by those before will come any more
   */
  @SuppressWarnings("ReferenceEquality") // epochs differ by identity
  boolean begins(AckHandle.Epoch now) {
    if (now == epoch) {
      return false;
    }
    epoch = now;
    sinceCheckpoint = false;
    newCame = false;
    repeatCame = false;
    if (!now.resumed()) {
      // The broker has forgotten the messages, and uses their identifiers again.
      emitted.clear();
      held.repeatable().clear();
      lastUses.clear();
    }
    missing = emitted.copy();
    missing.addAll(held.repeatable());
    return true;
  }

  /**
   * Whether the job has got this message already.
   *
   * @param redelivered whether the broker says that it sent it before
   */
  boolean has(AckHandle ack, boolean redelivered) {
    newCame |= !redelivered;
    repeatCame |= redelivered;
    missing.remove(ack.packetId(), ack.fingerprint());
    return redelivered
        && (emitted.contains(ack.packetId(), ack.fingerprint()) || held.contains(ack));
  }

  /** The job has got it now. */
  void add(AckHandle ack) {
    emitted.add(ack.packetId(), ack.fingerprint());
  }

  /** The broker has certainly got the acknowledgement. */
  @SuppressWarnings("ReferenceEquality") // epochs differ by identity
  void confirmed(AckHandle ack) {
    // One of an epoch before is no longer missing where it is forgotten already, and its
    // identifier may be another message's.
    if (ack.epoch() == epoch || missing.remove(ack.packetId(), ack.fingerprint())) {
      emitted.remove(ack.packetId(), ack.fingerprint());
    }
  }

  /** The job has got this of the journal now. */
  void addReplayed(JournalRecord journalRecord) {
    MqttMessage message = journalRecord.message();
    emitted.add(
        journalRecord.packetId(), EmittedMessages.fingerprint(message.topic(), message.payload()));
    position(journalRecord.position());
  }

  /** The position in the journal of the last message that the job has. */
  long position() {
    return position;
  }

  void position(long last) {
    position = last;
    appended = Math.max(appended, last);
  }

  /** The position in the journal of the last message that came, which may be held. */
  long appended() {
    return appended;
  }

  /** The message is in the journal's memory, and waits there to become durable. */
  void hold(long at, MqttMessage message, AckHandle ack) {
    appended = at;
    held.add(at, message, ack);
  }

  /** The position of the first message that waits, or {@link Long#MAX_VALUE}. */
  long firstHeld() {
    return held.first();
  }

  boolean holds() {
    return !held.isEmpty();
  }

  /**
   * Takes the next message that was held, as one that the job has now.
   *
   * @param durable the last position that need not wait any more
   * @return null if there is none
   */
  @Nullable MqttMessage takeHeld(long durable) {
    HeldMessages.Due due = held.take(durable);
    if (due == null) {
      return null;
    }
    if (due.mayRepeat()) {
      add(due.ack());
    }
    position = due.position();
    return due.message();
  }

  /** Of those acknowledged at once, identifiers are soon used again. */
  void uses(AckHandle ack) {
    lastUses.put(ack.packetId(), ack);
  }

  /**
   * The broker has certainly got the acknowledgement of a message of {@link #uses}: it has finished
   * that and all before that had its identifier, unless the identifier is another's by now.
   */
  void finished(AckHandle ack) {
    if (lastUses.remove(ack.packetId(), ack)) {
      emitted.removeAll(ack.packetId());
      held.repeatable().removeAll(ack.packetId());
      missing.removeAll(ack.packetId());
    }
  }

  /** Before a checkpoint: forgets what the broker has evidently finished. */
  void settle() {
    if (sinceCheckpoint && newCame && !repeatCame) {
      emitted.removeAll(missing);
      held.repeatable().removeAll(missing);
      missing.clear();
    }
    sinceCheckpoint = epoch != null;
    newCame = false;
    repeatCame = false;
  }

  /** As it is to be kept in a checkpoint. */
  MqttSessionSplit toSplit() {
    return split.withProgress(new SessionProgress(emitted.copy(), position));
  }
}
