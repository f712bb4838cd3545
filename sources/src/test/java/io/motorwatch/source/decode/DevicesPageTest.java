package io.motorwatch.source.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.StatusReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The payloads on the page for whoever connects a motor, through the decoder. */
class DevicesPageTest {

  private static final Path PAGE = Path.of("../docs/devices.md");
  private static final String DEVICE = "site/plant/device/motor-1/";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(.*?)` \\| ?(.*?) ?\\|$");

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static List<String> blocks(String kind) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("```json " + kind + "\\n(.*?)```", Pattern.DOTALL).matcher(page());
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /** First and second column of the table below a heading. */
  private static List<String[]> table(String heading) throws IOException {
    String page = page();
    int from = page.indexOf(heading + "\n");
    assertThat(from).as(heading).isPositive();
    int table = page.indexOf("\n|", from);
    int end = page.indexOf("\n\n", table);
    List<String[]> rows = new ArrayList<>();
    Matcher matcher = ROW.matcher(page.substring(table, end < 0 ? page.length() : end));
    while (matcher.find()) {
      rows.add(new String[] {matcher.group(1), matcher.group(2)});
    }
    return rows;
  }

  private static Collected decoded(String level, String payload) {
    return Collected.of(DEVICE + level, payload);
  }

  @Test
  void everyReadingIsTakenWhole() throws Exception {
    assertThat(blocks("telemetry")).hasSize(5);
    for (String payload : blocks("telemetry")) {
      Collected collected = decoded("telemetry", payload);
      assertThat(collected.rejections).as(payload).isEmpty();
      assertThat(collected.unusable()).as(payload).isEmpty();
      assertThat(collected.readings()).as(payload).isNotEmpty();
      for (Reading reading : collected.readings()) {
        assertThat(reading.valueOf("current")).isBetween(9.0, 10.0);
        assertThat(reading.timestamp()).isBetween(1_710_000_000_000L, 1_710_000_001_000L);
      }
    }
  }

  @Test
  void theNameplateAndTheStatusAreTaken() throws Exception {
    Attributes plate =
        ((AttributesReport) decoded("attributes", blocks("attributes").get(0)).events.get(0))
            .attributes();
    assertThat(plate.numbers())
        .containsOnlyKeys(
            "ratedCurrent", "ratedSpeed", "ratedVoltage", "tripClass", "maxTemperature");
    assertThat(plate.texts()).containsOnlyKeys("motorType", "reportInterval");
    assertThat(blocks("status").stream().map(each -> decoded("status", each).events.get(0)))
        .extracting(event -> ((StatusReport) event).online())
        .containsExactly(true, false);
  }

  @Test
  void timesAreReadOrRejectedAsTheTableSays() throws Exception {
    List<String[]> rows = table("### Time stamps");
    assertThat(rows).hasSizeGreaterThanOrEqualTo(8);
    for (String[] row : rows.subList(1, rows.size())) {
      Collected collected = decoded("telemetry", "{\"ts\":" + row[0] + ",\"current\":1}");
      if (row[1].startsWith("rejected: ")) {
        assertThat(collected.rejections.get(0).reason()).isEqualTo(RejectReason.NO_TIMESTAMP);
        assertThat(collected.details().get(0)).contains(row[1].substring("rejected: ".length()));
      } else {
        assertThat(collected.reading(0).timestamp())
            .as(row[0])
            .isBetween(1_710_000_000_000L, 1_710_000_000_250L);
      }
    }
  }

  @Test
  void valuesBecomeWhatTheTableSaysAndTheValuesBesideThemAreTaken() throws Exception {
    List<String[]> rows = table("### Values that are no numbers");
    assertThat(rows).hasSizeGreaterThanOrEqualTo(14);
    for (String[] row : rows) {
      Collected collected = decoded("telemetry", "{\"ts\":1,\"x\":" + row[0] + ",\"current\":13}");
      assertThat(collected.reading(0).valueOf("current")).as(row[0]).isEqualTo(13);
      boolean leftOut = row[1].equals("left out");
      assertThat(Double.isNaN(collected.reading(0).valueOf("x"))).as(row[0]).isEqualTo(leftOut);
      if (!leftOut) {
        assertThat("the number " + collected.reading(0).valueOf("x")).isEqualTo(row[1]);
      }
    }
  }

  @Test
  void everyReasonIsInTheTable() throws Exception {
    assertThat(table("## What is rejected").stream().map(row -> row[0]))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RejectReason.values()).map(RejectReason::code).toList());
  }
}
