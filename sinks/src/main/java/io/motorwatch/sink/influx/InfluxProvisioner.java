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
   * buckets {@code <database>/<tier>} in the organisation, and the mapping that makes the first of
   * them the database's default for InfluxQL; on 3 the databases {@code <database>/<tier>}. Safe to
   * repeat. Blocks.
   *
   * @return one line for each thing that exists and differs, or that we may not create and points
   *     can be written without; empty if all is as wished
   * @throws InfluxUnreachableException if the server cannot be used, or refuses
   */
  public static List<String> provision(InfluxConnection connection, List<Retention> retentions)
      throws IOException {
    ServerInfo server = InfluxProbe.connectOnce(connection);
    return switch (server.api()) {
      case V1 -> V1Provisioning.run(connection, retentions);
      case V2 -> V2Provisioning.run(connection, retentions);
      case AUTO, V3 -> V3Provisioning.run(connection, retentions);
    };
  }
}
