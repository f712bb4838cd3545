package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.AlarmEpisode;
import io.motorwatch.model.DeviceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patterns new-test}: what it writes passes {@code patterns test}. */
class PatternsNewTestITCase {

  @TempDir Path folder;

  private Printed newTest(HistoryFixture fixture, String... more) throws Exception {
    String alarmId =
        new AlarmEpisode(
                new DeviceId("plant", "m1"),
                "overload",
                2,
                "",
                Instant.parse("2026-01-05T08:01:40Z").toEpochMilli(),
                0)
            .alarmId();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "patterns",
                "new-test",
                "--patterns=" + fixture.patterns(),
                "--input=" + fixture.csv("m1"),
                "--site=plant",
                "--attribute=ratedCurrent=10",
                "--alarm=" + alarmId));
    arguments.addAll(Arrays.asList(more));
    return Printed.by(folder, arguments.toArray(String[]::new));
  }

  private Printed test(Printed written) throws Exception {
    Path tests =
        Files.writeString(
            folder.resolve("tests.yaml"),
            "patterns: patterns.yaml\ntests:\n" + String.join("\n", written.out()) + "\n");
    return Printed.by(folder, "patterns", "test", tests.toString());
  }

  @Test
  void anAlarmOfThePastBecomesAShortTestThatPasses() throws Exception {
    Printed written = newTest(HistoryFixture.of(folder));
    assertThat(written.err()).isEmpty();
    assertThat(written.out())
        .containsExactly(
            "  - name: \"overload of plant/m1 at 2026-01-05T08:02:10Z\"",
            "    device: plant/m1",
            "    attributes: {ratedCurrent: 10}",
            "    every: 1s",
            "    series:",
            "      current: 13x40s 9x10s",
            "    of: [overload]",
            "    alarms:",
            "      - {pattern: overload, onset: 0s, raised: 30s, cleared: 40s}");
    assertThat(test(written).out()).containsExactly("1 tests, 0 failed");
  }

  @Test
  void anAlarmThatShouldNotHaveComeBecomesATestThatFailsUntilItDoesNot() throws Exception {
    HistoryFixture fixture = HistoryFixture.of(folder);
    Printed written = newTest(fixture, "--false");
    assertThat(written.out())
        .startsWith("  - name: \"no overload of plant/m1 at 2026-01-05T08:02:10Z\"")
        .endsWith("    alarms: []");
    assertThat(test(written).status()).isEqualTo(1);
    Files.writeString(
        folder.resolve("patterns.yaml"), HistoryFixture.PATTERNS.replace("for: 30s", "for: 45s"));
    assertThat(test(written).status()).isZero();
  }

  @Test
  void anAlarmThatIsNotThereIsSaid() throws Exception {
    HistoryFixture fixture = HistoryFixture.of(folder);
    assertThat(
            Printed.by(
                folder,
                "patterns",
                "new-test",
                "--patterns=" + fixture.patterns(),
                "--input=" + fixture.csv("m1"),
                "--alarm=0123"))
        .isEqualTo(
            new Printed(
                2,
                List.of(),
                List.of("motorwatch: this history raises no alarm 0123 with patterns.yaml")));
  }
}
