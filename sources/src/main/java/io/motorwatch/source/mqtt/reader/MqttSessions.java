package io.motorwatch.source.mqtt.reader;

import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of one reader, with the one thread that looks after them. Safe for any thread. */
final class MqttSessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MqttSessions.class);

  /** 60,000 acknowledgements and a disconnect took under a second. */
  private static final long CLOSE_LIMIT_SECONDS = 10;

  private final SessionOptions options;
  private final MessageHandover handover;
  private final MqttSourceMetrics metrics;
  private final SessionScheduler scheduler;
  private final Function<MqttSessionSplit, SessionGate> gates;
  private final List<MqttSession> sessions = new CopyOnWriteArrayList<>();
  private final Map<MqttSession, ReceiveWindowMonitor> watches = new ConcurrentHashMap<>();
  private final Set<String> reported = new HashSet<>();

  MqttSessions(
      SessionOptions options,
      MessageHandover handover,
      MqttSourceMetrics metrics,
      Function<MqttSessionSplit, SessionGate> gates) {
    this.gates = gates;
    this.options = options;
    this.handover = handover;
    this.metrics = metrics;
    this.scheduler = new SessionScheduler(handover);
  }

  /** Connects a session in the background. */
  void add(MqttSessionSplit split) {
    MqttSession session =
        new MqttSession(split, options, handover, metrics, scheduler, gates.apply(split));
    watches.put(session, new ReceiveWindowMonitor(options.receiveMaximum()));
    sessions.add(session);
    metrics.sessionAdded();
    if (split.draining()) {
      metrics.drainingStarted();
    }
    session.start();
  }

  /** Messages received and not acknowledged, over all sessions. */
  long unacked() {
    return sessions.stream().mapToLong(MqttSession::unacked).sum();
  }

  /** The fullest session's share of its window, 0 to 1. */
  double windowUtilization() {
    int most = sessions.stream().mapToInt(MqttSession::unacked).max().orElse(0);
    // More than the window: a broker that does not keep it.
    return Math.min(1, most / (double) options.receiveMaximum());
  }

  /** Client ids of sessions that the broker holds by now, each reported once. One thread only. */
  List<String> takeNewlyEstablished() {
    List<String> fresh = new ArrayList<>();
    for (MqttSession session : sessions) {
      if (session.established() && reported.add(session.clientId())) {
        fresh.add(session.clientId());
      }
    }
    return fresh;
  }

  /** Warns of windows that limit the rate; to be called once per checkpoint, on one thread. */
  void checkWindows() {
    watches.forEach(
        (session, watch) -> {
          String warning = watch.observe(session.takePeak());
          if (warning != null) {
            LOG.warn("Client {} at {}: {}", session.clientId(), options.broker(), warning);
          }
        });
  }

  /** Disconnects all, so that the broker keeps the sessions. Blocks until done, 10 s at most. */
  @Override
  public void close() {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            sessions.stream().map(MqttSession::close).toArray(CompletableFuture<?>[]::new));
    try {
      all.get(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} did not end the connections in time", options.broker());
    } finally {
      scheduler.close();
    }
  }
}
