package io.motorwatch.sink.influx;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What somebody with more rights types into InfluxDB's own {@code influx}, for a POSIX shell. */
final class V2Commands {

  private static final Pattern PLAIN = Pattern.compile("[\\w./:-]+");

  private final String org;

  private V2Commands(String org) {
    this.org = org;
  }

  static V2Commands of(InfluxConnection connection) {
    return new V2Commands(connection.org() == null ? "" : connection.org());
  }

  String createOrganization() {
    return "influx org create --name " + quoted(org);
  }

  String createBucket(String name, Retention retention) {
    return "influx bucket create --org %s --name %s --retention %s --shard-group-duration %dh"
        .formatted(
            quoted(org),
            quoted(name),
            retention.keep() == null ? "0" : retention.seconds() + "s",
            retention.shard().toHours());
  }

  /**
   * Makes a tier's bucket the database's default retention policy.
   *
   * @param bucketId null where the bucket is yet to be created
   */
  String createMapping(
      String database, String retentionPolicy, String bucket, @Nullable String bucketId) {
    return "influx v1 dbrp create --org %s --db %s --rp %s --default --bucket-id %s"
        .formatted(
            quoted(org),
            quoted(database),
            quoted(retentionPolicy),
            bucketId == null
                ? "\"$(influx bucket list --org %s --name %s --hide-headers | cut -f1)\""
                    .formatted(quoted(org), quoted(bucket))
                : bucketId);
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
