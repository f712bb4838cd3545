package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.DeviceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patterns explain} as a person runs it. */
class PatternsExplainITCase {

  @TempDir Path folder;
  private HistoryFixture fixture;
  private String alarmId;

  @BeforeEach
  void prepare() {
    fixture = HistoryFixture.of(folder);
    // The first alarm of m1.
    alarmId =
        new AlarmEpisode(
                new DeviceId("plant", "m1"),
                "overload",
                2,
                "",
                Instant.parse("2026-01-05T08:01:40Z").toEpochMilli(),
                0)
            .alarmId();
  }

  private Printed explain(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "patterns",
                "explain",
                "--patterns=" + fixture.patterns(),
                "--input=" + fixture.csv("m1"),
                "--site=plant"));
    arguments.addAll(Arrays.asList(more));
    return Printed.by(folder, arguments.toArray(String[]::new));
  }

  @Test
  void anAlarmIsExplainedByItsId() throws Exception {
    Printed printed = explain("--attribute=ratedCurrent=10", "--alarm=" + alarmId);
    assertThat(printed.err()).isEmpty();
    assertThat(printed.out())
        .containsExactly(
            "plant/m1 overload at 2026-01-05T08:02:10Z: raised 2026-01-05T08:02:10Z, onset"
                + " 2026-01-05T08:01:40Z, WARNING, alarm "
                + alarmId,
            "motor: RUN",
            "1. on over for 30s: complete at 2026-01-05T08:02:10Z",
            "   over = current/ratedCurrent is 1.3: true since 2026-01-05T08:01:40Z; true above 1.2,"
                + " false below 1.15 (0.1 above the level)");
  }

  @Test
  void whatBrokeAndHowMuchWasMissingIsSaid() throws Exception {
    String[] why = {
      "--attribute=ratedCurrent=10", "--pattern=overload", "--at=2026-01-05T08:04:05Z", "--why-not"
    };
    assertThat(explain(why).out())
        .containsExactly(
            "plant/m1 overload at 2026-01-05T08:04:05Z: raised 2026-01-05T08:02:10Z, onset"
                + " 2026-01-05T08:01:40Z, WARNING, alarm "
                + alarmId
                + "; cleared 2026-01-05T08:02:20Z",
            "motor: RUN",
            "1. on over for 30s: true since 2026-01-05T08:04:00Z, 25 s short of 30 s",
            "   over = current/ratedCurrent is 1.3: true since 2026-01-05T08:04:00Z; true above 1.2,"
                + " false below 1.15 (0.1 above the level)",
            "   over broke at 2026-01-05T08:02:20Z: 0.9 below reset 1.15");
    Path longer =
        Files.writeString(
            folder.resolve("longer.yaml"), HistoryFixture.PATTERNS.replace("for: 30s", "for: 45s"));
    Printed shorter =
        Printed.by(
            folder,
            "patterns",
            "explain",
            "--patterns=" + longer,
            "--input=" + fixture.csv("m1"),
            "--site=plant",
            "--attribute=ratedCurrent=10",
            "--pattern=overload",
            "--why-not");
    assertThat(shorter.out())
        .containsExactly(
            "plant/m1 overload at the end: not raised",
            "last reading before: 2026-01-05T08:05:30Z",
            "motor: RUN",
            "1. on over for 45s: not true now",
            "   over = current/ratedCurrent is 0.9: false since 2026-01-05T08:04:31Z; true above 1.2,"
                + " false below 1.15 (0.3 below the level)",
            "   over broke at 2026-01-05T08:04:31Z: 0.9 below reset 1.15; 14 s short of 45 s",
            "   nearest: over broke at 2026-01-05T08:02:20Z: 0.9 below reset 1.15; 5 s short of 45 s");
  }

  @Test
  void aDeviceThatLacksItsNameplateIsNotEvaluated() throws Exception {
    assertThat(explain("--pattern=overload").out())
        .contains(
            "plant/m1 overload at the end: not evaluated: no ratedCurrent",
            "   over = current/ratedCurrent is unknown (no value of ratedCurrent): unknown; true above"
                + " 1.2, false below 1.15");
  }

  @Test
  void asJsonItIsOneObject() throws Exception {
    Printed printed =
        explain(
            "--attribute=ratedCurrent=10",
            "--pattern=overload",
            "--at=2026-01-05T08:02:25Z",
            "--json");
    assertThat(printed.out()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(printed.out().get(0));
    assertThat(json.path("open").asBoolean()).isFalse();
    assertThat(json.path("transitions")).hasSize(2);
    JsonNode step = json.path("steps").path(0);
    assertThat(step.path("last").path("brokenAt").asLong())
        .isEqualTo(Instant.parse("2026-01-05T08:02:20Z").toEpochMilli());
    assertThat(step.path("last").path("margin").asDouble()).isCloseTo(0.25, offset(1e-9));
    assertThat(step.path("signals").path(0).path("reset").asDouble()).isEqualTo(1.15);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws Exception {
    assertThat(explain("--pattern=overlaod").err())
        .containsExactly(
            "motorwatch: patterns.yaml has no pattern 'overlaod' (did you mean 'overload'?)");
    assertThat(explain("--alarm=0123").err())
        .containsExactly("motorwatch: this history raises no alarm 0123 with patterns.yaml");
    assertThat(explain().err())
        .containsExactly(
            "motorwatch: what to explain is missing: --alarm ID, or --device D --pattern P --at TIME");
    assertThat(explain("--pattern=overload", "--input=" + fixture.csv("m2")).err())
        .containsExactly(
            "motorwatch: one device can be explained, and this history has 2 that fit: name it by"
                + " --device or give its file alone");
  }

  @Test
  void anAlarmOfTheDatabaseIsFoundInEventsWithItsReadingsAndItsShelving() throws Exception {
    try (LocalInfluxDb database = LocalInfluxDb.start(folder.resolve("influx"))) {
      HistoryFixture.post(
          database.url()
              + "/query?q=CREATE%20DATABASE%20motorwatch%20WITH%20DURATION%20INF%20NAME%20hot",
          "",
          "");
      HistoryFixture.post(
          database.url()
              + "/query?q=CREATE%20RETENTION%20POLICY%20events%20ON%20motorwatch%20DURATION%20INF"
              + "%20REPLICATION%201",
          "",
          "");
      HistoryFixture.post(
          database.url() + "/write?db=motorwatch&precision=ms&rp=hot", "", fixture.lines());
      long raised = Instant.parse("2026-01-05T08:02:10Z").toEpochMilli();
      HistoryFixture.post(
          database.url() + "/write?db=motorwatch&precision=ms&rp=events",
          "",
          "alarm,site=plant,device=m1,pattern=overload state=\"RAISED\",alarm_id=\"%s\",raised_at=%di %d\n"
                  .formatted(alarmId, raised, raised)
              + "alarm,site=plant,device=m1,pattern=overload state=\"SHELVED\",alarm_id=\"%s\" %d\n"
                  .formatted(alarmId, raised - 60_000));
      Path config = fixture.config("influx: {url: '" + database.url() + "'}\n");
      Printed printed =
          Printed.by(
              folder,
              "patterns",
              "explain",
              "--from=influx",
              "--config=" + config,
              "--no-broker",
              "--attribute=ratedCurrent=10",
              "--alarm=" + alarmId);
      assertThat(printed.err()).isEmpty();
      assertThat(printed.out())
          .hasSize(5)
          .startsWith(
              "plant/m1 overload at 2026-01-05T08:02:10Z: raised 2026-01-05T08:02:10Z, onset"
                  + " 2026-01-05T08:01:40Z, WARNING, alarm "
                  + alarmId)
          .endsWith("shelved since 2026-01-05T08:01:10Z: its alarms are not reported meanwhile");
      assertThat(
              Printed.by(
                      folder,
                      "patterns",
                      "explain",
                      "--from=influx",
                      "--config=" + config,
                      "--no-broker",
                      "--alarm=nothing")
                  .err())
          .containsExactly("motorwatch: no alarm nothing in events");
    }
  }
}
