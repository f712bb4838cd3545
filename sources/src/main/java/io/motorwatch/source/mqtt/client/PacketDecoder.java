package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.RefusedException;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes packets from a stream. For one thread. */
final class PacketDecoder {

  /** Topic, properties and the like of a PUBLISH whose payload is cut. */
  private static final int MAX_HEADER_BYTES = 192 * 1024;

  private final DataInputStream in;
  private final Protocol protocol;
  private final int maxPayloadBytes;
  private int flags;
  private boolean cut;
  private ByteBuffer body = ByteBuffer.allocate(0);

  PacketDecoder(DataInputStream in, Protocol protocol, int maxPayloadBytes) {
    this.in = in;
    this.protocol = protocol;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /**
   * Waits for the next packet.
   *
   * @return its type
   * @throws EOFException if the broker closed the connection
   */
  int next() throws IOException {
    int first = in.readUnsignedByte();
    flags = first & 0x0F;
    int length = readLength();
    int kept = Math.min(length, maxPayloadBytes + MAX_HEADER_BYTES);
    byte[] bytes = new byte[kept];
    in.readFully(bytes);
    in.skipNBytes(length - kept);
    cut = kept < length;
    body = ByteBuffer.wrap(bytes);
    return first >>> 4;
  }

  private int readLength() throws IOException {
    int length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = in.readUnsignedByte();
      length |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return length;
      }
    }
    throw new ProtocolException("not MQTT: a packet length of more than four bytes");
  }

  ConnAck connAck() throws IOException {
    int acknowledgeFlags = unsignedByte();
    int code = unsignedByte();
    if (code != 0) {
      throw new RefusedException(RefusedException.What.CONNECTION, code);
    }
    boolean sessionPresent = (acknowledgeFlags & 1) != 0;
    try {
      return protocol.hasProperties()
          ? connAckProperties(sessionPresent, variable())
          : new ConnAck(sessionPresent, ConnAck.AS_ASKED, ConnAck.AS_ASKED);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private ConnAck connAckProperties(boolean sessionPresent, int length) throws ProtocolException {
    int end = body.position() + length;
    long keepAlive = ConnAck.AS_ASKED;
    long expiry = ConnAck.AS_ASKED;
    while (body.position() < end) {
      int property = variable();
      switch (property) {
        case 0x11 -> expiry = body.getInt() & 0xFFFF_FFFFL;
        case 0x13 -> keepAlive = body.getShort() & 0xFFFF;
        case 0x24, 0x25, 0x28, 0x29, 0x2A -> skip(1);
        case 0x21, 0x22 -> skip(2);
        case 0x27 -> skip(4);
        case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> skip(body.getShort() & 0xFFFF);
        case 0x26 -> {
          skip(body.getShort() & 0xFFFF);
          skip(body.getShort() & 0xFFFF);
        }
        default -> throw new ProtocolException("property " + property + " in a CONNACK");
      }
    }
    return new ConnAck(sessionPresent, keepAlive, expiry);
  }

  /** Of a DISCONNECT. */
  RefusedException disconnect() {
    int code = body.hasRemaining() ? body.get() & 0xFF : 0;
    return new RefusedException(RefusedException.What.CONTINUATION, code);
  }

  /**
   * Of a SUBACK or an UNSUBACK.
   *
   * @return the lowest QoS granted; 2 where the answer has none
   * @throws RefusedException if something is refused
   */
  int granted() throws IOException {
    int lowest = 2;
    try {
      body.getShort();
      if (protocol.hasProperties()) {
        skip(variable());
      }
      while (body.hasRemaining()) {
        int code = body.get() & 0xFF;
        if (code >= 0x80) {
          throw new RefusedException(RefusedException.What.SUBSCRIPTION, code);
        }
        lowest = Math.min(lowest, code);
      }
      return lowest;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  /**
   * Of a PUBLISH. Where it was too long to be kept whole the payload has one byte more than is
   * allowed, whatever made it long: nothing that somebody publishes may end the connection, since
   * it would come again with the next.
   */
  IncomingPublish publish() throws IOException {
    try {
      int qos = (flags >>> 1) & 3;
      if (qos > 2) {
        throw new ProtocolException("a message of QoS 3, which does not exist");
      }
      String topic = text();
      int packetId = qos == 0 ? 0 : body.getShort() & 0xFFFF;
      int properties = protocol.hasProperties() ? variable() : 0;
      String hmac = null;
      if (!cut || properties <= body.remaining()) {
        hmac = properties == 0 ? null : hmac(properties);
      }
      int size = cut ? maxPayloadBytes + 1 : Math.min(body.remaining(), maxPayloadBytes + 1);
      int from = body.position();
      // Beyond the kept part there are zeros, which nobody will read.
      byte[] payload = Arrays.copyOfRange(body.array(), from, from + size);
      return new IncomingPublish(
          topic, payload, (flags & 1) != 0, (flags & 8) != 0, qos, hmac, packetId);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  /** Of a PUBREL: which message the broker will not send again. */
  int released() throws ProtocolException {
    return unsignedByte() << 8 | unsignedByte();
  }

  /** The signature among the properties, which are read to their end. */
  private @Nullable String hmac(int length) throws ProtocolException {
    int end = body.position() + length;
    String found = null;
    while (body.position() < end) {
      int property = variable();
      switch (property) {
        case 0x01 -> skip(1);
        case 0x02 -> skip(4);
        case 0x23 -> skip(2);
        case 0x0B -> variable();
        case 0x03, 0x08, 0x09 -> skip(body.getShort() & 0xFFFF);
        case 0x26 -> {
          String name = text();
          String value = text();
          if (name.equals(MqttMessage.HMAC_PROPERTY)) {
            found = value;
          }
        }
        default -> throw new ProtocolException("property " + property + " in a PUBLISH");
      }
    }
    return found;
  }

  private int unsignedByte() throws ProtocolException {
    if (!body.hasRemaining()) {
      throw new ProtocolException("a packet is too short");
    }
    return body.get() & 0xFF;
  }

  private String text() {
    int length = body.getShort() & 0xFFFF;
    int from = body.position();
    skip(length);
    return new String(body.array(), from, length, StandardCharsets.UTF_8);
  }

  private void skip(int count) {
    body.position(body.position() + count);
  }

  private int variable() {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = body.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than four bytes");
  }

  private static IOException malformed(RuntimeException cause) {
    ProtocolException problem = new ProtocolException("the broker sent a malformed packet");
    problem.initCause(cause);
    return problem;
  }
}
