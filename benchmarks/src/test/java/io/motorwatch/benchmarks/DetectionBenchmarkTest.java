package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./motorwatch bench detection}, on recordings made up in the form of the public ones. */
class DetectionBenchmarkTest {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @TempDir private Path data;

  /** A pump whose flow is less than its vibration lets expect, from one row on. */
  private void skab(String name, int rows, int faultAt, String labels) throws IOException {
    Random random = new Random(name.hashCode());
    StringBuilder csv =
        new StringBuilder(
            "datetime;Accelerometer1RMS;Accelerometer2RMS;Current;Pressure;Temperature;"
                + "Thermocouple;Voltage;Volume Flow RateRMS"
                + labels
                + "\n");
    LocalDateTime at = LocalDateTime.of(2020, 3, 1, 15, 0);
    for (int i = 0; i < rows; i++) {
      double load = 1 + 0.2 * random.nextGaussian();
      double flow = 100 * load - (i >= faultAt ? 10 : 0) + 2 * random.nextGaussian();
      csv.append(TIME.format(at.plusSeconds(i)));
      for (double value :
          new double[] {
            load + 0.05 * random.nextGaussian(),
            load + 0.05 * random.nextGaussian(),
            load + random.nextGaussian(),
            random.nextGaussian(),
            80 + 0.1 * random.nextGaussian(),
            25,
            230 + random.nextGaussian(),
            flow
          }) {
        csv.append(';').append(value);
      }
      csv.append(labels.isEmpty() ? "" : (i >= faultAt ? ";1.0;0.0" : ";0.0;0.0")).append('\n');
    }
    Path folder = Files.createDirectories(data.resolve("skab/valve"));
    Files.writeString(folder.resolve(name + ".csv"), csv);
  }

  @Test
  void aFaultThatOnlyTheOtherSignalsRevealIsFoundAndASetWithoutAFolderIsLeftOut() throws Exception {
    skab("1", 1_000, 700, ";anomaly;changepoint");
    skab("2", 1_000, 700, ";anomaly;changepoint");
    skab("normal", 2_000, 2_000, "");
    Measurement measured = Measurement.of("detection", "--data", data.toString());
    assertThat(measured.lines())
        .filteredOn(line -> line.contains("\"set\":\"skab\","))
        .satisfiesExactly(
            floor ->
                assertThat(floor)
                    .startsWith(
                        "{\"bench\":\"detection\",\"set\":\"skab\",\"variant\":\"always-on\","
                            + "\"f1\":0.667,\"falseAlarmRate\":1.000,\"missedAlarmRate\":0.000,"
                            + "\"episodes\":2,\"found\":2,\"medianDelaySeconds\":0.000,"
                            + "\"falseAlarmsPerHour\":")
                    .contains("\"files\":2,\"method\":\"an alarm that is always on: the floor; "),
            residual -> {
              assertThat(residual).contains("\"variant\":\"residual\"").contains("\"found\":2");
              assertThat(number(residual, "f1")).isGreaterThan(0.9);
            },
            count -> assertThat(count).contains("\"variant\":\"residual-count\""),
            any -> assertThat(any).contains("\"variant\":\"residual-any\""),
            alone -> {
              assertThat(alone).contains("\"variant\":\"zscore\"");
              assertThat(number(alone, "f1")).isLessThan(0.7);
            });
    assertThat(measured.lines())
        .filteredOn(line -> line.contains("\"variant\":\"residual\""))
        .filteredOn(line -> line.contains("\"set\":\"skab-normal\""))
        .singleElement()
        .satisfies(line -> assertThat(line).doesNotContain("\"f1\"").contains("\"episodes\":0"));
    assertThat(measured.lines()).noneMatch(line -> line.contains("\"nab\""));
  }

  @Test
  void readsDecimalCommasCyclesThatBeginAgainAndWindows() throws Exception {
    Path ur3 = Files.createDirectories(data.resolve("ur3"));
    StringBuilder csv =
        new StringBuilder(
            "Num;Timestamp;Current_J1;Speed_J1;cycle ;Robot_ProtectiveStop;grip_lost;;\n");
    Path hrss = Files.createDirectories(data.resolve("hrss"));
    StringBuilder cycles =
        new StringBuilder("Timestamp,Labels,O_w_HR_power,O_w_HR_voltage,I_w_HR_Weg\n");
    Path nab = Files.createDirectories(data.resolve("nab"));
    StringBuilder samples = new StringBuilder("timestamp,value\n");
    LocalDateTime at = LocalDateTime.of(2013, 12, 1, 0, 0);
    for (int i = 0; i < 5_000; i++) {
      String time = at.plusSeconds(i) + (i % 60 == 0 ? ":00" : "");
      csv.append(
          "%d;%sZ;0,%d;-0,5;1;%s;False;;%n".formatted(i, time, i % 7, i == 900 ? "True" : "False"));
      cycles.append("%s,%d,%d,%d,0%n".formatted(i % 300 * 0.05, i > 4_000 ? 1 : 0, i % 5, i % 3));
      samples.append("%s,%d%n".formatted(TIME.format(at.plusMinutes(5L * i)), i % 12));
    }
    Files.writeString(ur3.resolve("a.csv"), csv);
    Files.writeString(hrss.resolve("hrss_anomalous_standard.csv"), cycles);
    Files.writeString(hrss.resolve("hrss_normal_standard.csv"), cycles);
    Files.writeString(nab.resolve("machine.csv"), samples);
    Files.writeString(
        nab.resolve("label_windows.json"),
        "{\"known/machine.csv\": [[\"2013-12-10 00:00:00.000000\", \"2013-12-11 00:00:00.000000\"]]}");
    Measurement measured = Measurement.of("detection", "--data", data.toString());
    assertThat(measured.lines())
        .filteredOn(line -> line.contains("always-on"))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"set\":\"ur3\"").contains("\"episodes\":1"),
            line -> assertThat(line).contains("\"set\":\"hrss\"").contains("\"f1\":0.333"),
            line -> assertThat(line).contains("\"set\":\"nab\"").contains("\"episodes\":1"));
  }

  /** The public recordings, where the environment says in which folder they are. */
  @Test
  void onThePublicRecordingsResidualsAreBetterThanTheFloorWhereTheyWereBefore() {
    String folder = System.getenv("MOTORWATCH_DETECTION_DATA");
    assumeThat(folder).as("MOTORWATCH_DETECTION_DATA, the folder of public recordings").isNotNull();
    Measurement measured = Measurement.of("detection", "--data", folder);
    assertThat(measured.lines())
        .filteredOn(line -> line.contains("\"set\":\"skab\","))
        .filteredOn(line -> line.contains("\"variant\":\"residual\""))
        .allSatisfy(line -> assertThat(number(line, "f1")).isGreaterThan(0.72));
    assertThat(measured.lines())
        .filteredOn(line -> line.contains("\"set\":\"nab\""))
        .filteredOn(line -> line.contains("\"variant\":\"zscore\""))
        .allSatisfy(line -> assertThat(number(line, "f1")).isGreaterThan(0.4));
  }

  private static double number(String line, String member) {
    String rest = line.substring(line.indexOf("\"" + member + "\":") + member.length() + 3);
    return Double.parseDouble(rest.substring(0, rest.indexOf(',')));
  }
}
