package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.local.LocalInfluxDb2;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** {@code backtest --from influx} on a real InfluxDB 2.x. */
@EnabledIfEnvironmentVariable(
    named = LocalInfluxDb2.VARIABLE,
    matches = ".+",
    disabledReason = "names no influxd 2.x: history is not read from InfluxDB 2")
class BacktestFromInfluxDb2ITCase {

  @TempDir Path folder;

  @Test
  void theBucketIsReadByItsTokenAndNothingElse() throws Exception {
    HistoryFixture fixture = HistoryFixture.of(folder);
    try (LocalInfluxDb2 database = LocalInfluxDb2.start(folder.resolve("influx"))) {
      String org = database.request("GET", "/api/v2/orgs", LocalInfluxDb2.TOKEN, "");
      String id = org.replaceAll("(?s).*\"id\": ?\"([0-9a-f]{16})\".*", "$1");
      database.request(
          "POST",
          "/api/v2/buckets",
          LocalInfluxDb2.TOKEN,
          "{\"orgID\":\"" + id + "\",\"name\":\"motorwatch/hot\",\"retentionRules\":[]}");
      HistoryFixture.post(
          database.url()
              + "/api/v2/write?precision=ms&bucket=motorwatch/hot&org="
              + LocalInfluxDb2.ORG,
          "Token " + LocalInfluxDb2.TOKEN,
          fixture.lines());
      Path config =
          fixture.config(
              "influx: {url: '%s', org: %s}\n".formatted(database.url(), LocalInfluxDb2.ORG));
      String[] command = {
        "backtest",
        "--from=influx",
        "--config=" + config,
        "--no-broker",
        "--attribute=ratedCurrent=10",
        "--set=influx.token=" + LocalInfluxDb2.TOKEN
      };
      Printed printed = Printed.by(folder, command);
      assertThat(printed.err()).isEmpty();
      assertThat(printed.out().subList(0, 3)).isEqualTo(HistoryFixture.ALARMS);

      command[5] = "--set=influx.token=wrong";
      Printed refused = Printed.by(folder, command);
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .singleElement()
          .asString()
          .contains("influx.token")
          .doesNotContain("wrong");

      Printed session =
          Printed.by(
              folder,
              "backtest",
              "--from=influx",
              "--config=" + config,
              "--no-broker",
              "--set=influx.username=operator",
              "--set=influx.password=operator-password");
      assertThat(session.status()).isEqualTo(2);
      assertThat(session.err())
          .isEqualTo(
              List.of(
                  "motorwatch: InfluxDB at "
                      + database.url()
                      + " refuses the query (HTTP 401: Unauthorized): InfluxDB 2 and later answer"
                      + " InfluxQL to a token alone: set influx.token"));
    }
  }
}
