package io.motorwatch.jobs.startup;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.mqtt.publish.PublishProbe;
import io.motorwatch.sink.influx.InfluxProbe;
import io.motorwatch.sink.influx.InfluxUnreachableException;
import io.motorwatch.source.mqtt.client.MqttProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits for the broker, by both clients of ours, and the database before a job depends on them. */
public final class Connections {

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
  private static final long LEAST_PROBE_MS = 500;
  private static final long FIRST_PAUSE_MS = 250;
  private static final long LONGEST_PAUSE_MS = 5_000;

  private Connections() {}

  /** One try at reaching something. */
  @FunctionalInterface
  private interface Attempt {
    void run(Duration limit) throws UnreachableException, InterruptedException;
  }

  /** Something that could not be reached. */
  private static final class UnreachableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;

    UnreachableException(String what, Exception cause, boolean worthRetrying) {
      super(what + ": " + cause.getMessage(), cause);
      this.worthRetrying = worthRetrying;
    }
  }

  /**
   * Returns once all let us in; tries again with growing pauses where that may help: not with a
   * wrong password or token.
   *
   * @param report takes a line whenever there is something new to say
   * @throws ConfigException with the address and what to check, after the limit
   */
  public static void await(MotorwatchConfig config, Duration limit, Consumer<String> report)
      throws ConfigException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    await(each -> telemetry(config, each), end, limit, report);
    await(each -> alerts(config, each), end, limit, report);
    await(each -> database(config, each), end, limit, report);
    if (config.mqtt().sessions() > 1) {
      sharing(config, report);
    }
  }

  /** By the client that reads. */
  private static void telemetry(MotorwatchConfig config, Duration limit)
      throws UnreachableException {
    try {
      MqttProbe.connectOnce(config.mqtt().broker(), limit, config.mqtt().version());
    } catch (MqttUnreachableException e) {
      throw new UnreachableException("the connection for telemetry", e, e.worthRetrying());
    }
  }

  /** By the client that publishes, which is another one. */
  private static void alerts(MotorwatchConfig config, Duration limit)
      throws UnreachableException, InterruptedException {
    BrokerAddress broker = config.mqtt().broker();
    try {
      PublishProbe.connectOnce(broker, config.mqtt().version(), limit);
    } catch (IOException e) {
      MqttUnreachableException problem =
          new MqttUnreachableException(ConnectProblem.of(e, broker), e);
      throw new UnreachableException("the connection for alerts", problem, problem.worthRetrying());
    }
  }

  private static void sharing(MotorwatchConfig config, Consumer<String> report)
      throws ConfigException, InterruptedException {
    BrokerAddress broker = config.mqtt().broker();
    try {
      switch (SharedSubscriptionProbe.ask(broker, config.mqtt().version())) {
        case SHARES -> {}
        case DOES_NOT_SHARE ->
            throw new ConfigException(
                "mqtt.sessions: "
                    + config.mqtt().sessions()
                    + " sessions share their subscription ($share/…), which "
                    + broker
                    + " does not know: nothing would ever arrive. Set mqtt.sessions: 1");
        case UNCERTAIN ->
            report.accept(
                "whether "
                    + broker
                    + " shares subscriptions ($share/…), as mqtt.sessions: "
                    + config.mqtt().sessions()
                    + " needs, could not be found out: this user may not publish and subscribe to"
                    + " motorwatch/probe/+. If nothing arrives, set mqtt.sessions: 1");
      }
    } catch (MqttUnreachableException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static void database(MotorwatchConfig config, Duration limit)
      throws UnreachableException, InterruptedException {
    try {
      BoundedCall.run(
          "database-probe",
          limit,
          () -> {
            InfluxProbe.connectOnce(ConnectedOutputs.connection(config.influx()));
            return true;
          });
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InfluxUnreachableException problem) {
        throw new UnreachableException("the database", problem, problem.worthRetrying());
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new UnreachableException(
          "the database",
          new IOException(
              "no answer from "
                  + config.influx().url()
                  + " in time: check influx.url and the firewall"),
          true);
    }
  }

  private static void await(Attempt attempt, long end, Duration limit, Consumer<String> report)
      throws ConfigException, InterruptedException {
    String reported = "";
    long pause = FIRST_PAUSE_MS;
    while (true) {
      try {
        long each = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        attempt.run(
            Duration.ofMillis(Math.max(LEAST_PROBE_MS, Math.min(PROBE_LIMIT.toMillis(), each))));
        return;
      } catch (UnreachableException e) {
        String message = String.valueOf(e.getMessage());
        if (!e.worthRetrying) {
          throw new ConfigException(message);
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new ConfigException(message + " (gave up after " + limit.toSeconds() + " s)");
        }
        if (!message.equals(reported)) {
          report.accept(message + "; trying again for " + (left + 999) / 1000 + " s");
          reported = message;
        }
        TimeUnit.MILLISECONDS.sleep(Math.min(pause, left));
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }
}
