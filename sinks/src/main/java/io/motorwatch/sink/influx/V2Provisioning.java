package io.motorwatch.sink.influx;

import io.motorwatch.sink.influx.V2ProvisioningApi.Bucket;
import io.motorwatch.sink.influx.V2ProvisioningApi.Organization;
import io.motorwatch.sink.influx.V2ProvisioningApi.RetentionRule;
import io.motorwatch.sink.influx.V2ProvisioningClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buckets of InfluxDB 2.x, and the mapping by which InfluxQL has a default retention policy. What
 * the token may not do is reported before the job depends on it: each bucket is tried with a
 * request to write nothing.
 */
final class V2Provisioning {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 422;

  private final V2ProvisioningClient server;
  private final InfluxConnection connection;
  private final V2Commands commands;
  private final List<String> warnings = new ArrayList<>();

  /** What the token may not do, as commands for somebody who may. */
  private final List<String> byHand = new ArrayList<>();

  private final List<String> notWritable = new ArrayList<>();

  /** Null while no answer has said it: a token may see buckets and not their organisation. */
  private @Nullable String orgId;

  private V2Provisioning(V2ProvisioningClient server) {
    this.server = server;
    this.connection = server.connection();
    this.commands = V2Commands.of(connection);
  }

  /**
   * Creates what is missing.
   *
   * @param retentions the first one's bucket becomes the database's default retention policy
   * @return one line for each thing that exists and differs, or that we may not create and the job
   *     can do without
   * @throws InfluxUnreachableException if the job cannot write its points; with the commands that
   *     create what we may not
   */
  static List<String> run(InfluxConnection connection, List<Retention> retentions)
      throws IOException {
    try (V2ProvisioningClient server = V2ProvisioningClient.open(connection)) {
      return new V2Provisioning(server).run(retentions);
    }
  }

  private List<String> run(List<Retention> retentions) throws IOException {
    Organization organization = server.organization();
    orgId = organization == null ? null : organization.id();
    @Nullable Bucket first = null;
    for (Retention wanted : retentions) {
      Bucket bucket = ensure(wanted);
      if (wanted.equals(retentions.get(0))) {
        first = bucket;
      }
    }
    V2Mapping mapping = new V2Mapping(server, commands, retentions.get(0).tier());
    mapping.ensure(first);
    warnings.addAll(mapping.warnings());
    refuseWhatCannotBeWritten(mapping);
    mapping.byHand().ifPresent(command -> warnings.add(mapping.missing() + command));
    return warnings;
  }

  /** The bucket of a tier, or null where there is none or we may not see it. */
  private @Nullable Bucket ensure(Retention wanted) throws IOException {
    String name = connection.bucket(wanted.tier());
    Bucket bucket = server.bucket(name);
    if (bucket != null) {
      orgId = bucket.orgID() == null ? orgId : bucket.orgID();
      compare(bucket, wanted);
    }
    WriteResponse tried = server.tryWriting(name);
    if (tried.status() == NOT_FOUND) {
      return create(name, wanted);
    }
    if (tried.status() == FORBIDDEN) {
      notWritable.add(name);
      return bucket;
    }
    switch (ResponseClassifier.classify(tried)) {
      // Who finds fault with a request for having no points would take points.
      case SUCCESS, REFUSED -> {}
      default -> InfluxProbe.require(connection, tried);
    }
    return bucket;
  }

  private void compare(Bucket bucket, Retention wanted) {
    long kept = 0;
    for (RetentionRule rule : V2ProvisioningClient.orEmpty(bucket.retentionRules())) {
      kept = rule.everySeconds();
    }
    if (kept != wanted.seconds()) {
      warnings.add(
          "bucket %s keeps %s, configured is %s; left as it is"
              .formatted(
                  bucket.name(), Retention.describe(kept), Retention.describe(wanted.seconds())));
    }
  }

  private @Nullable Bucket create(String name, Retention wanted) throws IOException {
    if (orgId == null) {
      byHand.add(commands.createBucket(name, wanted));
      return null;
    }
    RetentionRule rule = new RetentionRule("expire", wanted.seconds(), wanted.shard().toSeconds());
    Answer<Bucket> answer = server.create(new Bucket(null, orgId, name, List.of(rule)));
    if (answer.denied()) {
      byHand.add(commands.createBucket(name, wanted));
      return null;
    }
    // Another starter was quicker.
    return answer.status() == CONFLICT ? server.bucket(name) : server.body(answer);
  }

  private void refuseWhatCannotBeWritten(V2Mapping mapping) throws IOException {
    if (!byHand.isEmpty()) {
      mapping.byHand().ifPresent(byHand::add);
      throw new InfluxUnreachableException(
          ("InfluxDB at %s: the token may not create what is missing in organisation %s. Somebody"
                  + " who may has to run:\n  %s")
              .formatted(connection.address(), server.org(), String.join("\n  ", byHand)),
          false);
    }
    if (!notWritable.isEmpty()) {
      throw new InfluxUnreachableException(
          ("InfluxDB at %s: the token may not write to %s: check influx.token, and give it the"
                  + " right to write to these buckets")
              .formatted(connection.address(), String.join(", ", notWritable)),
          false);
    }
  }
}
