package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.NoConnAckException;
import io.motorwatch.mqtt.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** CONNECT and its answer, by which a transport becomes a connection. */
final class Handshake {

  private Handshake() {}

  /**
   * Sends CONNECT and waits for CONNACK, as long as the transport's read timeout.
   *
   * @throws RefusedException if the broker does not let us in
   * @throws NoConnAckException if it closes the connection or keeps silent instead of answering
   */
  static ConnAck connect(
      BrokerAddress broker, ConnectOptions options, Transport transport, PacketDecoder packets)
      throws IOException {
    try {
      transport.out().write(PacketEncoder.connect(options, broker.credentials()));
      if (packets.next() != PacketEncoder.CONNACK) {
        throw new ProtocolException("CONNECT was not answered by CONNACK");
      }
    } catch (SocketTimeoutException e) {
      throw new NoConnAckException("does not answer CONNECT", e);
    } catch (EOFException | SocketException e) {
      throw new NoConnAckException("closes the connection instead of answering CONNECT", e);
    }
    return packets.connAck();
  }
}
