package io.motorwatch.jobs.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.publish.BrokerWait;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.source.mqtt.client.MqttUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that publishes to a broker. */
final class BrokerOptions {

  @Option(
      names = "--broker",
      required = true,
      paramLabel = "URI",
      description =
          "tcp://HOST[:PORT], or ssl://, ws:// or wss://; over WebSockets the path is /mqtt where"
              + " none is given.")
  String uri;

  @Option(names = "--username", paramLabel = "NAME", description = "User name at the broker.")
  @Nullable String username;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file that holds the password.")
  @Nullable Path passwordFile;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the broker; default ${DEFAULT-VALUE}.")
  int connectTimeoutSeconds;

  /** How long anything may wait for a connection. */
  Duration connectTimeout() {
    return Duration.ofSeconds(connectTimeoutSeconds);
  }

  private BrokerAddress address() throws ConfigException {
    try {
      BrokerAddress plain = BrokerAddress.of(uri);
      return new BrokerAddress(plain.uri(), credentials(), plain.tls());
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--broker: " + e.getMessage());
    }
  }

  private @Nullable Credentials credentials() throws ConfigException {
    if (username == null) {
      return null;
    }
    if (passwordFile == null) {
      throw new ConfigException("--username needs --password-file");
    }
    try {
      return new Credentials(username, Secret.of(Files.readString(passwordFile).strip()));
    } catch (IOException e) {
      throw new ConfigException("--password-file: cannot read " + passwordFile);
    }
  }

  /**
   * The broker, once it lets us in.
   *
   * @throws ConfigException with one line that names the address and what to check
   */
  BrokerAddress await() throws ConfigException, InterruptedException {
    BrokerAddress broker = address();
    try {
      BrokerWait.until(broker, connectTimeout());
      return broker;
    } catch (MqttUnreachableException e) {
      throw new ConfigException(
          e.worthRetrying()
              ? e.getMessage() + " (gave up after " + connectTimeoutSeconds + " s)"
              : String.valueOf(e.getMessage()));
    }
  }
}
