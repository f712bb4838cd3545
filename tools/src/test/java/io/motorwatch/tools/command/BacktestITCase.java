package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backtest} as a person runs it, on recordings of two motors. */
class BacktestITCase {

  private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
  private static final String PATTERNS =
      """
      apiVersion: motorwatch/v1
      version: 2
      defaults: {ratedCurrent: 10}
      signals: {over: {value: current / ratedCurrent, above: 1.2, reset: 1.15}}
      patterns:
        overload: {sequence: [{on: over, for: 30s}], message: "at {value} for {duration}"}
        quiet: {sequence: [{on: silent}]}
      """;

  @TempDir Path folder;
  private Path patterns;
  private Path first;
  private Path second;

  @BeforeEach
  void writeHistory() throws Exception {
    patterns = Files.writeString(folder.resolve("new.yaml"), PATTERNS);
    // Overloads of 40 s and 31 s; of 35 s.
    first = recording("m1", 9, 100, 13, 40, 9, 100, 13, 31, 9, 60);
    second = recording("m2", 9, 50, 13, 35, 9, 50);
  }

  /** A value and for how many seconds, in turn. */
  private Path recording(String device, int... parts) throws Exception {
    List<String> rows = new ArrayList<>(List.of("time;Motor current;note"));
    long second = 0;
    for (int part = 0; part < parts.length; part += 2) {
      for (int n = 0; n < parts[part + 1]; n++) {
        rows.add(String.format(Locale.ROOT, "%s;%d.0;x", BEGIN.plusSeconds(second++), parts[part]));
      }
    }
    return Files.write(folder.resolve(device + ".csv"), rows);
  }

  private Printed backtest(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backtest",
                "--patterns",
                patterns.toString(),
                "--input",
                first.toString(),
                second.toString(),
                "--site",
                "plant",
                "--map",
                "Motor current=current"));
    arguments.addAll(Arrays.asList(more));
    return Printed.by(folder, arguments.toArray(String[]::new));
  }

  @Test
  void howOftenADeviceReportsRaisesNoSilenceInHistory() throws Exception {
    // Goes on long after the other has ended.
    second = recording("m2", 9, 60_000);
    assertThat(backtest("--attribute", "reportInterval=0.034").out()).isEqualTo(backtest().out());
  }

  @Test
  void printsTheAlarmsOfAllRecordingsByTime() {
    assertThat(backtest())
        .isEqualTo(
            new Printed(
                0,
                List.of(
                    "plant/m2 overload 2026-01-05T08:01:20Z to 2026-01-05T08:01:25Z, WARNING: at 130 % for 30 s",
                    "plant/m1 overload 2026-01-05T08:02:10Z to 2026-01-05T08:02:20Z, WARNING: at 130 % for 30 s",
                    "plant/m1 overload 2026-01-05T08:04:30Z to 2026-01-05T08:04:31Z, WARNING: at 130 % for 30 s",
                    "3 alarms"),
                List.of()));
  }

  @Test
  void theNameplateGivenCountsAndWhatIsRejectedIsCounted() throws Exception {
    List<String> rows = new ArrayList<>(Files.readAllLines(first));
    rows.add(rows.get(rows.size() - 1));
    Files.write(first, rows);
    assertThat(backtest("--attribute", "ratedCurrent=12").out())
        .containsExactly("0 alarms", "1 reading rejected: duplicate");
  }

  @Test
  void readingsThatAreNotInTheOrderOfTheirTimesAreCounted() throws Exception {
    List<String> rows = new ArrayList<>(Files.readAllLines(first));
    Collections.swap(rows, 20, 23);
    Files.write(first, rows);
    // Behind row 23, which comes first, the other three are late.
    assertThat(backtest().err())
        .containsExactly(
            "3 readings were older than ones before of their device, and not evaluated: sort each file"
                + " by time, and name several files of one device in the order of their times");
  }

  @Test
  void filesOfOneDeviceThatAreNotInTheOrderOfTheirTimesAreCountedLikewise() throws Exception {
    List<String> rows = Files.readAllLines(first);
    Path earlier = Files.createDirectory(folder.resolve("earlier")).resolve("m1.csv");
    List<String> head = new ArrayList<>(rows.subList(0, 6));
    List<String> rest = new ArrayList<>(rows.subList(6, rows.size()));
    rest.add(0, rows.get(0));
    Files.write(earlier, head);
    Files.write(first, rest);
    second = earlier;
    assertThat(backtest().err())
        .singleElement()
        .asString()
        .startsWith("5 readings were older than ones before of their device, and not evaluated");
    second = first;
    first = earlier;
    assertThat(backtest().err()).isEmpty();
  }

  @Test
  void theDelimiterIsToldByTheHeaderUnlessItIsGiven() throws Exception {
    List<String> expected = backtest().out();
    for (Path each : List.of(first, second)) {
      Files.writeString(each, Files.readString(each).replace(';', ','));
    }
    assertThat(backtest().out()).isEqualTo(expected).hasSize(4);
    assertThat(backtest("--delimiter", ";").status()).isEqualTo(2);
  }

  @Test
  void aTimeRangeAndNameplatesFromAFileApplyToFilesToo() throws Exception {
    assertThat(backtest("--since", "2026-01-05T08:03:00Z", "--until", "2026-01-05 08:04:31").out())
        .containsExactly(
            "plant/m1 overload 2026-01-05T08:04:30Z, open at the end, WARNING: at 130 % for 30 s",
            "1 alarm");
    Path nameplates =
        Files.writeString(folder.resolve("devices.yaml"), "\"*/m1\": {ratedCurrent: 20}\n");
    assertThat(backtest("--attributes", nameplates.toString()).out())
        .containsExactly(
            "plant/m2 overload 2026-01-05T08:01:20Z to 2026-01-05T08:01:25Z, WARNING: at 130 % for 30 s",
            "1 alarm");
    assertThat(backtest("--since", "2026-02-01").err())
        .containsExactly(
            "motorwatch: m1.csv, m2.csv: no row has both a readable time and a number within --since"
                + " and --until; nothing to run");
  }

  @Test
  void oneAlarmIsNotSeveral() throws Exception {
    Files.write(second, List.of(Files.readAllLines(second).get(0)));
    Files.write(first, Files.readAllLines(first).subList(0, 150));
    assertThat(backtest().out()).last().isEqualTo("1 alarm");
  }

  @Test
  void aBaselineShowsWhatIsNewGoneAndOtherwise() throws Exception {
    String before =
        PATTERNS
            .replace("for: 30s}]", "for: 32s}]")
            .replace(
                "quiet: {sequence: [{on: silent}]", "short: {sequence: [{on: over, for: 36s}]");
    Path baseline = Files.writeString(folder.resolve("old.yaml"), before);
    Printed printed = backtest("--baseline", baseline.toString());
    assertThat(printed.status()).isZero();
    assertThat(printed.out().subList(4, printed.out().size()))
        .containsExactly(
            "",
            "~ plant/m2 overload 2026-01-05T08:01:20Z to 2026-01-05T08:01:25Z, WARNING; before: 2026-01-05T08:01:22Z to 2026-01-05T08:01:25Z, WARNING",
            "~ plant/m1 overload 2026-01-05T08:02:10Z to 2026-01-05T08:02:20Z, WARNING; before: 2026-01-05T08:02:12Z to 2026-01-05T08:02:20Z, WARNING",
            "+ plant/m1 overload 2026-01-05T08:04:30Z to 2026-01-05T08:04:31Z, WARNING",
            "- plant/m1 short 2026-01-05T08:02:16Z to 2026-01-05T08:02:20Z, WARNING",
            "0 alarms as with the baseline, 4 otherwise");
    assertThat(backtest("--baseline", patterns.toString()).out())
        .endsWith("", "3 alarms as with the baseline, 0 otherwise");
  }

  @Test
  void labelsShowWhatIsMissedAndWhatIsUnfounded() throws Exception {
    String overlapped =
        """
        {"site":"plant","device":"m1","pattern":"overload","onsetAt":"2026-01-05T08:01:00Z","clearedAt":"2026-01-05T08:03:00Z"}
        {"site":"plant","device":"m1","pattern":"overload","onsetAt":1767600270000,"clearedAt":null}
        """;
    String m2 =
        """
        {"site":"plant","device":"m2","pattern":"overload","onsetAt":"2026-01-05T08:00:55Z"}
        """;
    Path labels = Files.writeString(folder.resolve("labels"), overlapped + m2);
    Printed all = backtest("--labels", labels.toString());
    assertThat(all.status()).isZero();
    assertThat(all.out()).endsWith("", "3 of 3 labels found, 0 alarms in no label");

    Files.writeString(labels, overlapped + m2.replace("08:00:55", "09:00:55"));
    Printed some = backtest("--labels", labels.toString());
    assertThat(some.status()).isEqualTo(1);
    assertThat(some.out())
        .endsWith(
            "",
            "missed:    plant/m2 overload 2026-01-05T09:00:55Z",
            "unfounded: plant/m2 overload 2026-01-05T08:01:20Z to 2026-01-05T08:01:25Z, WARNING",
            "2 of 3 labels found, 1 alarm in no label");
  }

  @Test
  void whatCannotBeUsedIsNamedWithItsPlace() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), PATTERNS.replace("above", "abov"));
    Printed faulty = backtest("--baseline", bad.toString());
    assertThat(faulty.status()).isEqualTo(2);
    assertThat(faulty.err()).anyMatch(line -> line.startsWith("bad.yaml:4:"));
    Path labels = Files.writeString(folder.resolve("labels"), "{\"device\":\"m1\"}\n");
    assertThat(backtest("--labels", labels.toString()))
        .isEqualTo(
            new Printed(
                2,
                List.of(),
                List.of("motorwatch: labels:1:1: a label needs device, pattern and onsetAt")));
    assertThat(backtest("--time", "when").err())
        .singleElement()
        .asString()
        .contains("m1.csv:1: there is no column 'when'");
    Files.delete(second);
    assertThat(backtest())
        .isEqualTo(
            new Printed(
                2, List.of(), List.of("motorwatch: --input: cannot read m2.csv as UTF-8 text")));
  }

  @Test
  void recordingsWithoutARowAreNothingToRun() throws Exception {
    for (Path each : List.of(first, second)) {
      Files.write(each, Files.readAllLines(each).subList(0, 1));
    }
    Printed nothing =
        new Printed(
            2,
            List.of(),
            List.of(
                "motorwatch: m1.csv, m2.csv: no row has both a readable time and a number; nothing"
                    + " to run"));
    assertThat(backtest()).isEqualTo(nothing);
    assertThat(backtest("--attribute", "ratedCurrent=12")).isEqualTo(nothing);
  }
}
