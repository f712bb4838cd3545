package io.motorwatch.source.mqtt.split;

import io.motorwatch.model.serialization.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The messages of one session that were handed to the job and that the broker may still send again,
 * by packet identifier and a fingerprint of their content. In a checkpoint all of them are messages
 * whose effect the checkpoint holds, so what comes again after a failure is distinguished from what
 * is new. The broker may have finished some of them, whose acknowledgements went out behind the
 * checkpoint: the reader forgets these once it sees that they do not come again.
 *
 * <p>A broker repeats an unacknowledged message under the identifier it had (MQTT 5.0, 4.4), and
 * gives an identifier to another message only once it was acknowledged. The fingerprint guards
 * against a broker that fell back to an older state. An identifier can be in use twice with
 * Mosquitto, which sends more than the Receive Maximum; not three times, which takes 131,070
 * messages in flight: of the third the first would be forgotten, and come twice.
 *
 * <p>At most 1 MB, at 8 bytes for each identifier in use. Mutable, for one thread.
 */
public final class EmittedMessages {

  /** No fingerprint is 0. */
  private static final long FREE = 0;

  private static final long[] NOTHING = {};

  private long[] newest = NOTHING;

  /** Of identifiers in use twice, the first. */
  private long[] older = NOTHING;

  /**
   * A fingerprint of 40 bits, not 0. Those of two messages that differ in up to 32 bits in a row
   * differ; others agree once in 2<sup>32</sup> times.
   */
  public static long fingerprint(String topic, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    int topicHash = topic.hashCode() * 0x9E3779B1;
    long fingerprint = crc.getValue() << Byte.SIZE | topicHash >>> 24;
    return fingerprint == FREE ? 1 : fingerprint;
  }

  /** Notes a message that is handed on. */
  public void add(int packetId, long fingerprint) {
    newest = grownFor(packetId, newest);
    if (newest[packetId] != FREE) {
      older = grownFor(packetId, older);
      older[packetId] = newest[packetId];
    }
    newest[packetId] = fingerprint;
  }

  private static long[] grownFor(int packetId, long[] fingerprints) {
    return packetId < fingerprints.length
        ? fingerprints
        : Arrays.copyOf(fingerprints, Integer.highestOneBit(packetId) * 2);
  }

  /** Whether this very message was handed on, and the broker may send it again. */
  public boolean contains(int packetId, long fingerprint) {
    return at(packetId, newest) == fingerprint || at(packetId, older) == fingerprint;
  }

  private static long at(int packetId, long[] fingerprints) {
    return packetId < fingerprints.length ? fingerprints[packetId] : FREE;
  }

  /**
   * The broker has the acknowledgement and cannot send it again.
   *
   * @return whether it was here
   */
  public boolean remove(int packetId, long fingerprint) {
    if (at(packetId, older) == fingerprint) {
      older[packetId] = FREE;
    } else if (at(packetId, newest) == fingerprint) {
      newest[packetId] = at(packetId, older);
      if (packetId < older.length) {
        older[packetId] = FREE;
      }
    } else {
      return false;
    }
    return true;
  }

  /** The broker has finished all that had this identifier. */
  public void removeAll(int packetId) {
    if (packetId < newest.length) {
      newest[packetId] = FREE;
    }
    if (packetId < older.length) {
      older[packetId] = FREE;
    }
  }

  /** Adds all that the other has. */
  public void addAll(EmittedMessages others) {
    addAll(others.older);
    addAll(others.newest);
  }

  private void addAll(long[] fingerprints) {
    for (int packetId = 0; packetId < fingerprints.length; packetId++) {
      if (fingerprints[packetId] != FREE) {
        add(packetId, fingerprints[packetId]);
      }
    }
  }

  /** Removes all that the other has. */
  public void removeAll(EmittedMessages others) {
    removeAll(others.older);
    removeAll(others.newest);
  }

  private void removeAll(long[] fingerprints) {
    for (int packetId = 0; packetId < fingerprints.length; packetId++) {
      if (fingerprints[packetId] != FREE) {
        remove(packetId, fingerprints[packetId]);
      }
    }
  }

  /** The broker holds none of them any more. */
  public void clear() {
    newest = NOTHING;
    older = NOTHING;
  }

  public int size() {
    return count(newest) + count(older);
  }

  private static int count(long[] fingerprints) {
    int count = 0;
    for (long fingerprint : fingerprints) {
      count += fingerprint == FREE ? 0 : 1;
    }
    return count;
  }

  public EmittedMessages copy() {
    EmittedMessages copy = new EmittedMessages();
    copy.newest = newest.clone();
    copy.older = older.clone();
    return copy;
  }

  /** Seven bytes for each message. */
  public void write(DataOutputView out) throws IOException {
    write(older, out);
    write(newest, out);
  }

  private static void write(long[] fingerprints, DataOutputView out) throws IOException {
    Wire.writeCount(count(fingerprints), out);
    for (int packetId = 0; packetId < fingerprints.length; packetId++) {
      long fingerprint = fingerprints[packetId];
      if (fingerprint != FREE) {
        out.writeShort(packetId);
        out.writeByte((int) (fingerprint >>> Integer.SIZE));
        out.writeInt((int) fingerprint);
      }
    }
  }

  /** What {@link #write} wrote. */
  public static EmittedMessages read(DataInputView in) throws IOException {
    EmittedMessages read = new EmittedMessages();
    // The older first: adding the newest moves none that has another identifier.
    for (int times = 0; times < 2; times++) {
      for (int n = Wire.readCount(in); n > 0; n--) {
        int packetId = in.readUnsignedShort();
        long high = in.readUnsignedByte();
        read.add(packetId, high << Integer.SIZE | (in.readInt() & 0xFFFF_FFFFL));
      }
    }
    return read;
  }

  /** Compares what they hold, whatever capacity they have for more. */
  @Override
  public boolean equals(Object other) {
    return other instanceof EmittedMessages that
        && sameContent(newest, that.newest)
        && sameContent(older, that.older);
  }

  private static boolean sameContent(long[] one, long[] other) {
    int length = Math.max(one.length, other.length);
    return Arrays.equals(Arrays.copyOf(one, length), Arrays.copyOf(other, length));
  }

  @Override
  public int hashCode() {
    return size();
  }

  @Override
  public String toString() {
    return size() + " messages";
  }
}
