package io.motorwatch.jobs.config;

import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import io.motorwatch.model.connection.TlsFiles;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code influx}.
 *
 * @param tls for {@code https://}
 * @param provision whether databases, retention policies and buckets are created when missing
 * @param batchSize points a request
 * @param flushIntervalMs how long a point may wait for others, milliseconds
 */
public record InfluxConfig(
    String url,
    Api api,
    String database,
    @Nullable String org,
    @Nullable Secret token,
    @Nullable Credentials credentials,
    TlsFiles tls,
    boolean provision,
    int batchSize,
    long flushIntervalMs)
    implements Serializable {

  /** Which generation of InfluxDB; AUTO asks the server. */
  public enum Api {
    AUTO,
    V1,
    V2,
    V3
  }
}
