package io.motorwatch.source.mqtt.client;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import io.motorwatch.model.connection.TlsFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** TLS from PEM files. */
final class TlsConfig {

  private TlsConfig() {}

  static MqttClientSslConfig of(TlsFiles files, Duration timeout)
      throws IOException, GeneralSecurityException {
    MqttClientSslConfigBuilder builder =
        MqttClientSslConfig.builder().handshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (files.ca() != null) {
      builder = builder.trustManagerFactory(PemFiles.trust(files.ca()));
    }
    if (files.certificate() != null && files.key() != null) {
      builder = builder.keyManagerFactory(PemFiles.identity(files.certificate(), files.key()));
    }
    if (!files.verifyHostname()) {
      // The client verifies by itself unless it is given a verifier.
      builder = builder.hostnameVerifier((host, session) -> true);
    }
    return builder.build();
  }
}
