package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.local.LocalInfluxDb2;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.model.connection.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probe, provisioning and endpoint against InfluxDB 2.x itself. */
@EnabledIfEnvironmentVariable(
    named = LocalInfluxDb2.VARIABLE,
    matches = ".+",
    disabledReason = "names no influxd 2.x: nothing here is tested against InfluxDB 2")
class RealInfluxDb2ITCase {

  private static final Pattern ID = Pattern.compile("\"id\": ?\"([0-9a-f]{16})\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\": ?\"([^\"]+)\"");
  private static final List<Retention> TIERS =
      List.of(
          Retention.of("hot", Duration.ofHours(24)),
          Retention.of("warm", Duration.ofDays(30)),
          Retention.unlimited("events"));

  @TempDir static Path folder;
  private static LocalInfluxDb2 server;

  @BeforeAll
  static void start() throws Exception {
    server = LocalInfluxDb2.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static InfluxConnection connection(String database) {
    return connection(database, LocalInfluxDb2.TOKEN);
  }

  private static InfluxConnection connection(String database, String token) {
    return InfluxConnection.of(server.url(), database)
        .withToken(LocalInfluxDb2.ORG, Secret.of(token));
  }

  private static WriteResponse write(InfluxConnection connection, String tier, String... lines)
      throws Exception {
    try (InfluxEndpoint endpoint = DetectingEndpoint.open(connection, true)) {
      return endpoint.write(Encoded.lines(tier, lines));
    }
  }

  private static WriteOutcome outcome(String database, String tier, String... lines)
      throws Exception {
    return ResponseClassifier.classify(write(connection(database), tier, lines));
  }

  private static String get(String path) throws Exception {
    return server.request("GET", path, LocalInfluxDb2.TOKEN, "");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static String orgId() throws Exception {
    return first(ID, get("/api/v2/orgs?org=" + LocalInfluxDb2.ORG));
  }

  private static String bucketId(String encodedName) throws Exception {
    return first(ID, get("/api/v2/buckets?org=" + LocalInfluxDb2.ORG + "&name=" + encodedName));
  }

  /** A token for some buckets alone. */
  private static String token(List<String> actions, String... bucketIds) throws Exception {
    StringBuilder permissions = new StringBuilder();
    for (String bucket : bucketIds) {
      for (String action : actions) {
        permissions
            .append(permissions.isEmpty() ? "" : ",")
            .append(
                "{\"action\":\"%s\",\"resource\":{\"type\":\"buckets\",\"id\":\"%s\",\"orgID\":\"%s\"}}"
                    .formatted(action, bucket, orgId()));
      }
    }
    return first(
        TOKEN,
        server.request(
            "POST",
            "/api/v2/authorizations",
            LocalInfluxDb2.TOKEN,
            "{\"orgID\":\"%s\",\"permissions\":[%s]}".formatted(orgId(), permissions)));
  }

  @Test
  void shouldDetectTheGenerationWhateverTheBuildCallsItself() throws Exception {
    assertThat(InfluxProbe.connectOnce(connection("any")).api()).isEqualTo(InfluxApi.V2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plant", "plänt & co+1 %2F 'x'"})
  void shouldProvisionOnceSoThatEveryTierAndTheTagValuesCanBeRead(String database)
      throws Exception {
    InfluxConnection connection = connection(database);
    assertThat(InfluxProvisioner.provision(connection, TIERS)).isEmpty();
    assertThat(InfluxProvisioner.provision(connection, TIERS)).isEmpty();
    long now = System.currentTimeMillis();
    for (Retention tier : TIERS) {
      assertThat(write(connection, tier.tier(), "m,site=a v=1 " + now))
          .isEqualTo(WriteResponse.of(204, ""));
    }
    try (InfluxQueries queries = new InfluxQueries(connection)) {
      for (Retention tier : TIERS) {
        assertThat(queries.rows("SELECT v FROM \"" + tier.tier() + "\".m")).hasSize(1);
      }
      assertThat(queries.rows("SHOW TAG VALUES FROM \"hot\".\"m\" WITH KEY = \"site\""))
          .extracting(row -> row.get("value"))
          .containsExactly("a");
    }
  }

  @Test
  void shouldWarnOfARetentionThatDiffersAndLeaveIt() throws Exception {
    InfluxProvisioner.provision(connection("kept"), TIERS);
    List<Retention> changed = List.of(Retention.of("hot", Duration.ofDays(2)));
    String warning = "bucket kept/hot keeps 24h, configured is 48h; left as it is";
    assertThat(InfluxProvisioner.provision(connection("kept"), changed)).containsExactly(warning);
    assertThat(InfluxProvisioner.provision(connection("kept"), changed)).containsExactly(warning);
  }

  @Test
  void shouldFindTheOrganisationByIdAndByItself() throws Exception {
    for (String org : new String[] {orgId(), null}) {
      InfluxConnection connection =
          InfluxConnection.of(server.url(), "ways").withToken(org, Secret.of(LocalInfluxDb2.TOKEN));
      assertThat(InfluxProvisioner.provision(connection, TIERS)).isEmpty();
      assertThat(write(connection, "hot", "m v=1 " + System.currentTimeMillis()).status())
          .isEqualTo(204);
    }
  }

  @Test
  void shouldNameTheOrganisationThatIsMissing() {
    InfluxConnection connection =
        InfluxConnection.of(server.url(), "any").withToken("nope", Secret.of(LocalInfluxDb2.TOKEN));
    assertThatThrownBy(() -> InfluxProbe.connectOnce(connection))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("no organisation 'nope'")
        .hasMessageContaining("influx.org");
  }

  @Test
  void shouldNameTheTokenThatIsWrong() {
    assertThatThrownBy(() -> InfluxProbe.connectOnce(connection("any", "wrong")))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("influx.token");
  }

  @Test
  void shouldSayWhichBucketsATokenMayNotCreate() throws Exception {
    server.request(
        "POST",
        "/api/v2/buckets",
        LocalInfluxDb2.TOKEN,
        "{\"orgID\":\"%s\",\"name\":\"given/events\",\"retentionRules\":[]}".formatted(orgId()));
    String token = token(List.of("read", "write"), bucketId("given%2Fevents"));
    assertThatThrownBy(() -> InfluxProvisioner.provision(connection("given", token), TIERS))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("influx bucket create --org motorwatch --name given/hot --retention")
        .hasMessageContaining("influx bucket create --org motorwatch --name given/warm --retention")
        .hasMessageContaining(
            "influx v1 dbrp create --org motorwatch --db given --rp hot --default")
        .hasMessageNotContaining("given/events")
        .hasMessageNotContaining(token);
  }

  @Test
  void shouldSayWhichBucketsATokenMayNotWriteTo() throws Exception {
    InfluxProvisioner.provision(connection("shown"), TIERS);
    String token =
        token(
            List.of("read"),
            bucketId("shown%2Fhot"),
            bucketId("shown%2Fwarm"),
            bucketId("shown%2Fevents"));
    assertThatThrownBy(() -> InfluxProvisioner.provision(connection("shown", token), TIERS))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("may not write to shown/hot, shown/warm, shown/events");
  }

  @Test
  void shouldStartWithATokenThatMayWriteItsBucketsAndNothingElse() throws Exception {
    InfluxProvisioner.provision(connection("narrow"), TIERS);
    String[] ids = {
      bucketId("narrow%2Fhot"), bucketId("narrow%2Fwarm"), bucketId("narrow%2Fevents")
    };
    for (List<String> actions : List.of(List.of("write"), List.of("read", "write"))) {
      InfluxConnection connection = connection("narrow", token(actions, ids));
      InfluxProbe.connectOnce(connection);
      assertThat(InfluxProvisioner.provision(connection, TIERS)).hasSizeLessThanOrEqualTo(1);
      assertThat(write(connection, "hot", "m v=1 " + System.currentTimeMillis()).status())
          .isEqualTo(204);
    }
  }

  @Test
  void shouldSignInByUserAndPassword() throws Exception {
    InfluxConnection connection =
        InfluxConnection.of(server.url(), "session")
            .withOrg(LocalInfluxDb2.ORG)
            .withCredentials(new Credentials("operator", Secret.of("operator-password")));
    assertThat(InfluxProvisioner.provision(connection, TIERS)).isEmpty();
    assertThat(write(connection, "hot", "m v=1 " + System.currentTimeMillis()).status())
        .isEqualTo(204);
  }

  @Test
  void shouldLeaveAMappingSomebodyElseHasMade() throws Exception {
    InfluxProvisioner.provision(connection("other"), List.of(TIERS.get(1)));
    assertThat(InfluxProvisioner.provision(connection("other"), TIERS))
        .containsExactly("the default retention policy of other is warm, not hot; left as it is");
  }

  @Test
  void shouldClassifyTheRealAnswers() throws Exception {
    InfluxProvisioner.provision(connection("answers"), TIERS);
    long now = System.currentTimeMillis();
    assertThat(outcome("answers", "hot", "m v=1.0 " + now)).isEqualTo(WriteOutcome.SUCCESS);
    assertThat(outcome("answers", "hot", "m v=\"text\" " + now)).isEqualTo(WriteOutcome.REFUSED);
    assertThat(outcome("answers", "hot", "m v= " + now)).isEqualTo(WriteOutcome.REFUSED);
    assertThat(outcome("answers", "hot", "m v=1.0 1000")).isEqualTo(WriteOutcome.BEYOND_RETENTION);
    assertThat(outcome("answers", "lukewarm", "m v=1.0 " + now)).isEqualTo(WriteOutcome.FATAL);
    assertThat(outcome("nowhere", "hot", "m v=1.0 " + now)).isEqualTo(WriteOutcome.FATAL);
  }

  @Test
  void shouldReportAConflictAndNotTheRetentionWhereABatchHasBoth() throws Exception {
    InfluxProvisioner.provision(connection("both"), TIERS);
    long now = System.currentTimeMillis();
    assertThat(outcome("both", "hot", "m v=1.0 " + now)).isEqualTo(WriteOutcome.SUCCESS);
    assertThat(outcome("both", "hot", "m v=1.0 1000", "m v=\"text\" " + now, "m v=2.0 " + now))
        .isEqualTo(WriteOutcome.REFUSED);
  }
}
