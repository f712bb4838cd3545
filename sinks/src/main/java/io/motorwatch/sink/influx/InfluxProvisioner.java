package io.motorwatch.sink.influx;

import java.io.IOException;
import java.util.List;

/**
 * Creates what the points need where it is missing, and touches nothing that exists: shortening a
 * retention would delete data.
 */
public final class InfluxProvisioner {

  private InfluxProvisioner() {}

  /**
   * On 1.x the database and its retention policies, the first of the list as default; on 2.x the
   * buckets {@code <database>/<tier>} in the organisation. InfluxDB 3 creates databases as they are
   * written to. Safe to repeat. Blocks.
   *
   * @return one line for each thing that exists and differs; empty if all is as wished
   * @throws InfluxUnreachableException if the server cannot be used, or refuses
   */
  public static List<String> provision(InfluxConnection connection, List<Retention> retentions)
      throws IOException {
    ServerInfo server = InfluxProbe.connectOnce(connection);
    return switch (server.api()) {
      case V1 -> V1Provisioning.run(connection, retentions);
      case V2 -> V2Provisioning.run(connection, retentions);
      case AUTO, V3 -> List.of();
    };
  }
}
