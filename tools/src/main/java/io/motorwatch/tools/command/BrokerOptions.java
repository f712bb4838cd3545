package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.tools.publish.BrokerWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a broker: each by itself, or all of a config file. */
final class BrokerOptions {

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description =
          "tcp://HOST[:PORT] (or HOST:PORT), ssl://, ws:// or wss://; over WebSockets the path is"
              + " /mqtt where none is given.")
  @Nullable String uri;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A config file whose mqtt section says broker, user and TLS; the options here override"
              + " it.")
  @Nullable Path config;

  @Option(names = "--username", paramLabel = "NAME", description = "User name at the broker.")
  @Nullable String username;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file that holds the password.")
  @Nullable Path passwordFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM certificates to trust at ssl:// and wss:// instead of the system's.")
  @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "PEM client certificate, for a broker that asks for one.")
  @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its private key (PKCS#8); not needed where --cert holds it too.")
  @Nullable Path key;

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
    BrokerAddress configured =
        config == null
            ? null
            : ConfigLoader.load(config, List.of(), System.getenv()).mqtt().broker();
    if (uri == null && configured == null) {
      throw new ConfigException("--broker URI is missing (or --config FILE, which names one)");
    }
    try {
      BrokerAddress address =
          new BrokerAddress(
              uri == null ? configured.uri() : BrokerAddress.uri(uri),
              credentials(configured),
              tls(configured));
      if ((ca != null || certificate != null) && !address.secure()) {
        throw new ConfigException(
            "--ca and --cert are for an encrypted connection, and "
                + address
                + " is none: use ssl:// or wss://");
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new ConfigException("--broker: " + e.getMessage());
    }
  }

  private @Nullable Credentials credentials(@Nullable BrokerAddress configured)
      throws ConfigException {
    if (username == null && passwordFile == null) {
      return configured == null ? null : configured.credentials();
    }
    if (username == null || passwordFile == null) {
      throw new ConfigException("--username and --password-file belong together: give both");
    }
    try {
      return new Credentials(username, Secret.of(Files.readString(passwordFile).strip()));
    } catch (IOException e) {
      throw new ConfigException("--password-file: cannot read " + passwordFile);
    }
  }

  private TlsFiles tls(@Nullable BrokerAddress configured) throws ConfigException {
    TlsFiles base = configured == null ? TlsFiles.PLATFORM : configured.tls();
    if (key != null && certificate == null) {
      throw new ConfigException("--key needs --cert: its certificate");
    }
    return new TlsFiles(
        ca == null ? base.ca() : ca.toString(),
        certificate == null ? base.certificate() : certificate.toString(),
        certificate == null ? base.key() : key == null ? null : key.toString(),
        base.verifyHostname());
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
