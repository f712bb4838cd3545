package io.motorwatch.source.mqtt.client;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.TlsContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * MQTT within WebSocket messages (OASIS MQTT 5.0, chapter 6), which may begin and end anywhere in a
 * packet. The JDK's client asks the network for one message at a time, so that back-pressure is
 * TCP's here too.
 */
final class WebSocketTransport implements Transport {

  /** Brokers cut a connection that sends larger ones, if not by default then by custom. */
  private static final int MAX_MESSAGE_BYTES = 32 * 1024;

  private final WebSocket socket;
  private final WebSocketInput in;
  private final OutputStream out = new Output();

  private WebSocketTransport(WebSocket socket, WebSocketInput in) {
    this.socket = socket;
    this.in = in;
  }

  static Transport open(BrokerAddress broker, Duration timeout)
      throws IOException, GeneralSecurityException, InterruptedException {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(timeout);
    if (broker.secure()) {
      SSLContext context =
          broker.tls().verifyHostname()
              ? TlsContext.of(broker.tls())
              : TlsContext.withoutHostNames(broker.tls());
      client.sslContext(context);
    }
    WebSocketInput in = new WebSocketInput(timeout);
    CompletableFuture<WebSocket> opening =
        client
            .build()
            .newWebSocketBuilder()
            .connectTimeout(timeout)
            .subprotocols("mqtt")
            .buildAsync(broker.webSocketUri(), in);
    return new WebSocketTransport(await(opening, timeout.multipliedBy(2)), in);
  }

  private static <T> T await(CompletableFuture<T> future, Duration limit)
      throws IOException, InterruptedException {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (TimeoutException e) {
      future.cancel(true);
      SocketTimeoutException timeout = new SocketTimeoutException("no answer");
      timeout.initCause(e);
      throw timeout;
    }
  }

  @Override
  public InputStream in() {
    return in.stream();
  }

  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void readTimeout(Duration timeout) {
    in.timeout(timeout);
  }

  @Override
  public void endOutput() {
    var unused = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
  }

  @Override
  public void close() {
    socket.abort();
    in.close();
  }

  private final class Output extends OutputStream {

    /** A broker that takes nothing for so long is gone. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int from = offset; from < offset + length; from += MAX_MESSAGE_BYTES) {
        int size = Math.min(MAX_MESSAGE_BYTES, offset + length - from);
        try {
          await(socket.sendBinary(ByteBuffer.wrap(bytes, from, size), true), LIMIT);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("while sending");
        }
      }
    }
  }
}
