package io.motorwatch.sink.influx;

import com.influxdb.client.BucketsQuery;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.OrganizationsQuery;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.BucketRetentionRules;
import com.influxdb.client.domain.Organization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Buckets of InfluxDB 2.x. */
final class V2Provisioning {

  private final InfluxConnection connection;
  private final HttpTransport transport;
  private final InfluxDBClient client;

  private V2Provisioning(
      InfluxConnection connection, HttpTransport transport, InfluxDBClient client) {
    this.connection = connection;
    this.transport = transport;
    this.client = client;
  }

  static List<String> run(InfluxConnection connection, List<Retention> retentions)
      throws IOException {
    try (HttpTransport transport = new HttpTransport(connection);
        InfluxDBClient client = V2Client.open(connection, transport)) {
      return new V2Provisioning(connection, transport, client).run(retentions);
    }
  }

  private List<String> run(List<Retention> retentions) throws IOException {
    Organization organization = organization();
    List<String> warnings = new ArrayList<>();
    for (Retention wanted : retentions) {
      String name = connection.bucket(wanted.tier());
      Bucket bucket = find(name, organization);
      if (bucket == null) {
        BucketRetentionRules rules = new BucketRetentionRules();
        rules.setEverySeconds((int) Math.min(Integer.MAX_VALUE, wanted.seconds()));
        rules.setShardGroupDurationSeconds(wanted.shard().toSeconds());
        ask(() -> client.getBucketsApi().createBucket(name, rules, organization));
      } else if (seconds(bucket) != wanted.seconds()) {
        warnings.add(
            "bucket %s keeps %s, configured is %s; left as it is"
                .formatted(
                    name,
                    Retention.describe(seconds(bucket)),
                    Retention.describe(wanted.seconds())));
      }
    }
    return warnings;
  }

  private Organization organization() throws IOException {
    OrganizationsQuery query = new OrganizationsQuery();
    String name = connection.org();
    if (name != null) {
      query.setOrg(name);
    }
    List<Organization> found = ask(() -> client.getOrganizationsApi().findOrganizations(query));
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new InfluxUnreachableException(
        name == null
            ? "InfluxDB at %s has %d organisations: say which in influx.org"
                .formatted(connection.address(), found.size())
            : "InfluxDB at %s shows us no organisation '%s': check influx.org and the token"
                .formatted(connection.address(), name),
        false);
  }

  private @Nullable Bucket find(String name, Organization organization) throws IOException {
    BucketsQuery query = new BucketsQuery();
    query.setName(name);
    query.setOrgID(organization.getId());
    for (Bucket bucket : ask(() -> client.getBucketsApi().findBuckets(query))) {
      if (bucket.getName().equals(name)) {
        return bucket;
      }
    }
    return null;
  }

  private static long seconds(Bucket bucket) {
    for (BucketRetentionRules rules : bucket.getRetentionRules()) {
      Integer seconds = rules.getEverySeconds();
      if (seconds != null) {
        return seconds;
      }
    }
    return 0;
  }

  private <R> R ask(Supplier<R> call) throws IOException {
    AtomicReference<@Nullable R> result = new AtomicReference<>();
    InfluxProbe.require(connection, transport.observe(() -> result.set(call.get())));
    R value = result.get();
    if (value == null) {
      throw new InfluxUnreachableException(
          "InfluxDB at " + connection.address() + " gave an answer its client cannot read", false);
    }
    return value;
  }
}
