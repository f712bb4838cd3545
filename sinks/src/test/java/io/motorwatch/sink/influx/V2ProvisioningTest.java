package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.motorwatch.model.connection.Secret;
import io.motorwatch.sink.influx.FakeInfluxDb2.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What provisioning does with each answer a real 2.x gives. */
class V2ProvisioningTest {

  private static final List<Retention> TIERS =
      List.of(
          Retention.of("hot", Duration.ofDays(1)),
          Retention.of("warm", Duration.ofDays(30)),
          Retention.unlimited("archive"));

  private final MockWebServer server = new MockWebServer();
  private final FakeInfluxDb2 database = new FakeInfluxDb2();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(database);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private InfluxConnection connection(String org, String token) {
    return InfluxConnection.of(server.url("/").toString().replaceAll("/$", ""), "motorwatch")
        .withToken(org, Secret.of(token));
  }

  private List<String> provision() throws IOException {
    return provision(FakeInfluxDb2.TOKEN);
  }

  private List<String> provision(String token) throws IOException {
    return InfluxProvisioner.provision(connection("motorwatch", token), TIERS);
  }

  private void allThere() {
    database.buckets.put("motorwatch/hot", 86_400L);
    database.buckets.put("motorwatch/warm", 2_592_000L);
    database.buckets.put("motorwatch/archive", 0L);
  }

  @Test
  void shouldCreateBucketsThatAreAnsweredAsNotFoundAndTheDefaultMapping() throws Exception {
    assertThat(provision()).isEmpty();
    assertThat(database.buckets)
        .containsEntry("motorwatch/hot", 86_400L)
        .containsEntry("motorwatch/warm", 2_592_000L)
        .containsEntry("motorwatch/archive", 0L);
    assertThat(database.bodiesOf(Step.CREATE_BUCKET).get(0))
        .contains("\"orgID\":\"" + V2Answer.ORG_ID + "\"")
        .contains("\"shardGroupDurationSeconds\":3600")
        .doesNotContain("\"id\"");
    assertThat(database.bodiesOf(Step.CREATE_MAPPING))
        .containsExactly(
            "{\"orgID\":\"%s\",\"bucketID\":\"%s\",\"database\":\"motorwatch\",\"retention_policy\":\"hot\",\"default\":true,\"virtual\":false}"
                .formatted(V2Answer.ORG_ID, V2Answer.BUCKET_ID));
  }

  @Test
  void shouldCreateNothingTwice() throws Exception {
    provision();
    database.asked.clear();
    assertThat(provision()).isEmpty();
    assertThat(database.asked).doesNotContain(Step.CREATE_BUCKET, Step.CREATE_MAPPING);
  }

  @ParameterizedTest
  @ValueSource(strings = {V2Answer.ORG_ID, ""})
  void shouldFindTheOrganisationByItsIdAndTheOnlyOneByItself(String org) throws Exception {
    List<String> warnings =
        InfluxProvisioner.provision(
            connection(org.isEmpty() ? null : org, FakeInfluxDb2.TOKEN), TIERS);
    assertThat(warnings).isEmpty();
    assertThat(database.buckets).hasSize(3);
  }

  @Test
  void shouldTakeItForDoneWhereAnotherStarterWasQuicker() throws Exception {
    database.instead.put(Step.CREATE_BUCKET, V2Answer.named("bucket-conflict").mock());
    database.instead.put(Step.CREATE_MAPPING, V2Answer.named("mapping-conflict").mock());
    assertThat(provision()).hasSizeLessThanOrEqualTo(1);
    database.instead.remove(Step.CREATE_BUCKET);
    assertThat(provision()).isEmpty();
  }

  @Test
  void shouldWarnOfARetentionThatDiffersAndLeaveIt() throws Exception {
    allThere();
    database.buckets.put("motorwatch/hot", 3_600L);
    database.buckets.put("motorwatch/warm", 9_999_999_999L);
    assertThat(provision())
        .containsExactly(
            "bucket motorwatch/hot keeps 1h, configured is 24h; left as it is",
            "bucket motorwatch/warm keeps 9999999999s, configured is 720h; left as it is");
    assertThat(database.buckets).containsEntry("motorwatch/hot", 3_600L);
  }

  @Test
  void shouldNameTheOrganisationThatIsMissingAndHowToMakeIt() {
    assertThatThrownBy(
            () -> InfluxProvisioner.provision(connection("my nope", FakeInfluxDb2.TOKEN), TIERS))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessage(
            "InfluxDB at %s has no organisation 'my nope': check influx.org, or create it: influx"
                    .formatted(connection("x", "y").address())
                + " org create --name 'my nope'");
  }

  @Test
  void shouldSayWhichBucketsAndMappingSomebodyElseHasToCreate() {
    database.buckets.put("motorwatch/archive", 0L);
    database.limitedTo.add("motorwatch/archive");
    assertThatThrownBy(() -> provision(FakeInfluxDb2.LIMITED))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessage(
            """
            InfluxDB at %s: the token may not create what is missing in organisation motorwatch. \
            Somebody who may has to run:
              influx bucket create --org motorwatch --name motorwatch/hot --retention 86400s \
            --shard-group-duration 1h
              influx bucket create --org motorwatch --name motorwatch/warm --retention 2592000s \
            --shard-group-duration 24h
              influx v1 dbrp create --org motorwatch --db motorwatch --rp hot --default \
            --bucket-id "$(influx bucket list --org motorwatch --name motorwatch/hot \
            --hide-headers | cut -f1)\""""
                .formatted(connection("x", "y").address()));
  }

  @Test
  void shouldStartWithATokenForItsBucketsAloneAndWarnOfTheMappingItMayNotMake() throws Exception {
    allThere();
    database.limitedTo.addAll(database.buckets.keySet());
    assertThat(provision(FakeInfluxDb2.LIMITED))
        .containsExactly(
            "database motorwatch has no default retention policy, and the token may not make hot"
                + " it; dashboards need one: influx v1 dbrp create --org motorwatch --db motorwatch"
                + " --rp hot --default --bucket-id "
                + V2Answer.BUCKET_ID);
    database.mapped = true;
    assertThat(provision(FakeInfluxDb2.LIMITED)).isEmpty();
  }

  @Test
  void shouldTellBeforeTheFirstPointThatTheTokenMayNotWrite() {
    allThere();
    database.limitedTo.add("motorwatch/warm");
    assertThatThrownBy(() -> provision(FakeInfluxDb2.LIMITED))
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("may not write to motorwatch/hot, motorwatch/archive")
        .hasMessageContaining("influx.token");
  }

  @Test
  void shouldWarnOfMappingsThatDifferAndLeaveThem() throws Exception {
    allThere();
    V2Answer mapped = V2Answer.named("mappings");
    String ours = "\"bucketID\": \"" + V2Answer.BUCKET_ID + "\"";
    database.instead.put(
        Step.MAPPINGS, mapped.with(ours, "\"bucketID\": \"00000000000000ff\"").mock());
    assertThat(provision())
        .containsExactly(
            "motorwatch.hot is mapped to the bucket of id 00000000000000ff, not to motorwatch/hot:"
                + " queries do not show what is written; left as it is");
    database.instead.put(
        Step.MAPPINGS,
        mapped.with("\"retention_policy\": \"hot\"", "\"retention_policy\": \"other\"").mock());
    assertThat(provision())
        .containsExactly(
            "the default retention policy of motorwatch is other, not hot; left as it is");
    database.instead.put(
        Step.MAPPINGS, mapped.with("\"default\": true", "\"default\": false").mock());
    assertThat(provision())
        .containsExactly(
            "motorwatch.hot is mapped, but not as the default retention policy, which dashboards"
                + " need; left as it is");
    assertThat(database.asked).doesNotContain(Step.CREATE_MAPPING);
  }

  static List<Arguments> everyAnswerToEachStep() {
    List<Arguments> all = new ArrayList<>();
    for (Step step : Step.values()) {
      for (V2Answer answer : V2Answer.all()) {
        all.add(Arguments.of(step, answer));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyAnswerToEachStep")
  void shouldEndWithWarningsOrOneMessageWhateverIsAnsweredToAStep(Step step, V2Answer answer) {
    database.instead.put(step, answer.mock());
    Throwable failure = catchThrowableOfType(Throwable.class, this::provision);
    if (failure != null) {
      assertThat(failure)
          .isInstanceOf(InfluxUnreachableException.class)
          .hasMessageContaining(connection("x", "y").address())
          .hasMessageNotContaining(FakeInfluxDb2.TOKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ORGANIZATION", "BUCKET", "CREATE_BUCKET", "WRITE", "MAPPINGS", "CREATE_MAPPING"})
  void shouldSayThatTheServerIsNotReadyWhileAnyStepFailsForTheMoment(Step step) {
    database.instead.put(step, new MockResponse().setResponseCode(503));
    assertThatThrownBy(this::provision)
        .isInstanceOf(InfluxUnreachableException.class)
        .hasMessageContaining("is not ready")
        .satisfies(
            error -> assertThat(((InfluxUnreachableException) error).worthRetrying()).isTrue());
  }
}
