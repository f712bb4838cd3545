package io.motorwatch.source.mqtt.client;

import io.motorwatch.model.connection.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packets a subscriber sends (OASIS MQTT 5.0 and 3.1.1, chapter 3). */
final class PacketEncoder {

  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int PUBREL = 6;
  static final int SUBACK = 9;
  static final int UNSUBACK = 11;
  static final int PINGRESP = 13;
  static final int DISCONNECT = 14;

  static final byte[] PINGREQ_PACKET = {(byte) 0xC0, 0};

  /** A normal end: the broker keeps the session as long as CONNECT asked. */
  static final byte[] DISCONNECT_PACKET = {(byte) 0xE0, 0};

  /** MQTT 5: the broker is to forget the session (session expiry 0). */
  static final byte[] END_SESSION_PACKET = {(byte) 0xE0, 7, 0, 5, 0x11, 0, 0, 0, 0};

  private static final int SESSION_EXPIRY = 0x11;
  private static final int RECEIVE_MAXIMUM = 0x21;

  private PacketEncoder() {}

  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] packet(int first, Body body) {
    byte[] content = bytes(body);
    return bytes(
        out -> {
          out.writeByte(first);
          writeVariable(out, content.length);
          out.write(content);
        });
  }

  /** Seven bits a byte, lowest first. */
  private static void writeVariable(DataOutputStream out, int value) throws IOException {
    int rest = value;
    while (rest > 0x7F) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 0xFFFF) {
      throw new IOException("MQTT allows texts of 65535 bytes");
    }
    out.writeShort(utf8.length);
    out.write(utf8);
  }

  static byte[] connect(ConnectOptions options, @Nullable Credentials credentials) {
    int flags = (options.cleanStart() ? 0x02 : 0) | (credentials == null ? 0 : 0xC0);
    return packet(
        0x10,
        out -> {
          writeText(out, "MQTT");
          out.writeByte(options.protocol().level());
          out.writeByte(flags);
          out.writeShort((int) options.keepAlive().toSeconds());
          if (options.protocol().hasProperties()) {
            byte[] properties = connectProperties(options);
            writeVariable(out, properties.length);
            out.write(properties);
          }
          writeText(out, options.clientId());
          if (credentials != null) {
            writeText(out, credentials.username());
            writeText(out, credentials.password().reveal());
          }
        });
  }

  private static byte[] connectProperties(ConnectOptions options) {
    return bytes(
        out -> {
          out.writeByte(SESSION_EXPIRY);
          out.writeInt((int) options.sessionExpirySeconds());
          out.writeByte(RECEIVE_MAXIMUM);
          out.writeShort(options.receiveMaximum());
        });
  }

  static byte[] subscribe(Protocol protocol, int packetId, List<TopicSubscription> subscriptions) {
    return packet(
        0x82,
        out -> {
          writeId(out, protocol, packetId);
          for (TopicSubscription subscription : subscriptions) {
            writeText(out, subscription.filter());
            // The most QoS, and from MQTT 5 on when to send retained messages.
            int retained = protocol.hasProperties() ? subscription.retained().code() << 4 : 0;
            out.writeByte(subscription.maxQos() | retained);
          }
        });
  }

  static byte[] unsubscribe(Protocol protocol, int packetId, List<String> filters) {
    return packet(
        0xA2,
        out -> {
          writeId(out, protocol, packetId);
          for (String filter : filters) {
            writeText(out, filter);
          }
        });
  }

  private static void writeId(DataOutputStream out, Protocol protocol, int packetId)
      throws IOException {
    out.writeShort(packetId);
    if (protocol.hasProperties()) {
      writeVariable(out, 0);
    }
  }

  static byte[] puback(int packetId) {
    return answer(0x40, packetId);
  }

  static byte[] pubrec(int packetId) {
    return answer(0x50, packetId);
  }

  static byte[] pubcomp(int packetId) {
    return answer(0x70, packetId);
  }

  /** Without a reason code, which means success. */
  private static byte[] answer(int first, int packetId) {
    return new byte[] {(byte) first, 2, (byte) (packetId >>> 8), (byte) packetId};
  }
}
