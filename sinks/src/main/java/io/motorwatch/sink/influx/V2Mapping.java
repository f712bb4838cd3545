package io.motorwatch.sink.influx;

import io.motorwatch.sink.influx.V2ProvisioningApi.Bucket;
import io.motorwatch.sink.influx.V2ProvisioningApi.Mapping;
import io.motorwatch.sink.influx.V2ProvisioningClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The default retention policy of a database on 2.x. InfluxDB maps each bucket {@code
 * database/tier} by itself, but makes none of them the default, and refuses {@code SHOW TAG VALUES}
 * without one. What anybody has mapped stays: other dashboards may depend on it.
 */
final class V2Mapping {

  private static final int CONFLICT = 422;

  private final V2ProvisioningClient server;
  private final V2Commands commands;
  private final String database;
  private final String tier;
  private final List<String> warnings = new ArrayList<>();
  private @Nullable String byHand;
  private boolean unseen;

  V2Mapping(V2ProvisioningClient server, V2Commands commands, String tier) {
    this.server = server;
    this.commands = commands;
    this.database = server.connection().database();
    this.tier = tier;
  }

  /** What is mapped otherwise than we would. */
  List<String> warnings() {
    return warnings;
  }

  /** The command that creates the mapping, where it is missing and we may not. */
  Optional<String> byHand() {
    return Optional.ofNullable(byHand);
  }

  /** What to say before {@link #byHand()} where all else is there. */
  String missing() {
    return (unseen
            ? "the token may not see whether database %s has a default retention policy; dashboards"
                + " need one. If there is none: "
            : "database %s has no default retention policy, and the token may not make %s it;"
                + " dashboards need one: ")
        .formatted(database, tier);
  }

  /**
   * Creates the mapping where the database has no default.
   *
   * @param bucket the tier's bucket; null where it is missing or hidden from us
   */
  void ensure(@Nullable Bucket bucket) throws IOException {
    String bucketId = bucket == null ? null : bucket.id();
    Answer<V2ProvisioningApi.Mappings> answer = server.mappings(database);
    List<Mapping> mappings =
        answer.denied() ? List.of() : V2ProvisioningClient.orEmpty(server.body(answer).content());
    unseen = mappings.stream().noneMatch(mapping -> mapping.database().equals(database));
    if (mapped(mappings, bucketId)) {
      return;
    }
    if (bucket == null || bucketId == null || bucket.orgID() == null) {
      byHand = commands.createMapping(database, tier, bucketName(), bucketId);
      return;
    }
    Answer<Mapping> created =
        server.create(new Mapping(bucket.orgID(), bucketId, database, tier, true, false));
    if (created.denied()) {
      byHand = commands.createMapping(database, tier, bucketName(), bucketId);
    } else if (created.status() != CONFLICT) { // Else another starter was quicker.
      server.body(created);
    }
  }

  /** Whether somebody has made mappings of their own, which we leave alone; says what differs. */
  private boolean mapped(List<Mapping> mappings, @Nullable String bucketId) {
    List<Mapping> explicit =
        mappings.stream()
            .filter(mapping -> mapping.database().equals(database) && !mapping.virtual())
            .toList();
    Optional<Mapping> ours =
        explicit.stream().filter(mapping -> mapping.retentionPolicy().equals(tier)).findFirst();
    Optional<Mapping> defaulted = explicit.stream().filter(Mapping::isDefault).findFirst();
    if (ours.isPresent() && bucketId != null && !ours.get().bucketID().equals(bucketId)) {
      warnings.add(
          "%s.%s is mapped to the bucket of id %s, not to %s: queries do not show what is written;"
                  .formatted(database, tier, ours.get().bucketID(), bucketName())
              + " left as it is");
    }
    if (defaulted.isPresent() && !defaulted.get().retentionPolicy().equals(tier)) {
      warnings.add(
          "the default retention policy of %s is %s, not %s; left as it is"
              .formatted(database, defaulted.get().retentionPolicy(), tier));
    } else if (ours.isPresent() && defaulted.isEmpty()) {
      warnings.add(
          "%s.%s is mapped, but not as the default retention policy, which dashboards need; left"
                  .formatted(database, tier)
              + " as it is");
    }
    return ours.isPresent() || defaulted.isPresent();
  }

  private String bucketName() {
    return server.connection().bucket(tier);
  }
}
