package io.motorwatch.mqtt.publish;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import io.motorwatch.mqtt.VersionChoice;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads why an attempt of {@link PublishingConnection} to connect failed. */
public final class ConnectFailure {

  private ConnectFailure() {}

  /** What it says about the version of MQTT that was spoken. */
  public static VersionChoice.Failure of(Throwable why) {
    if (why instanceof Mqtt5ConnAckException refusal) {
      return refusal.getMqttMessage().getReasonCode()
              == Mqtt5ConnAckReasonCode.UNSUPPORTED_PROTOCOL_VERSION
          ? VersionChoice.Failure.VERSION_REFUSED
          : VersionChoice.Failure.OTHER;
    }
    return unanswered(why) ? VersionChoice.Failure.NO_ANSWER : VersionChoice.Failure.OTHER;
  }

  /** Closed or reset where CONNACK was due, or the client's own time for it is over. */
  private static boolean unanswered(Throwable why) {
    boolean nothingListens = false;
    boolean closed = false;
    for (@Nullable Throwable cause = why; cause != null; cause = cause.getCause()) {
      nothingListens |= cause instanceof ConnectException;
      closed |=
          cause instanceof ConnectionClosedException
              || cause instanceof SocketException
              // The prober's own time limit, which may end before the client's.
              || cause instanceof TimeoutException
              || cause instanceof Mqtt5DisconnectException
              || cause instanceof Mqtt3DisconnectException;
    }
    return closed && !nothingListens;
  }
}
