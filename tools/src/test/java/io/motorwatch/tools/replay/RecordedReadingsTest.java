package io.motorwatch.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings read for evaluation are what the same recordings are when replayed. */
class RecordedReadingsTest {

  private static final DeviceId DEVICE = new DeviceId("plant", "m1");

  @TempDir Path folder;

  /** As {@link Recording} reads it: time and members. */
  private static List<String> replayed(RecordingFormat format) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Recording recording = Recording.open(format)) {
      for (Recording.Row row = recording.next(); row != null; row = recording.next()) {
        rows.add(row.at() + row.fields());
      }
    }
    return rows;
  }

  private static List<String> read(RecordingFormat format) throws Exception {
    List<String> rows = new ArrayList<>();
    try (RecordedReadings readings = RecordedReadings.open(format, DEVICE)) {
      for (Reading next = readings.next(); next != null; next = readings.next()) {
        assertThat(next.arrivedAt()).isEqualTo(next.timestamp());
        StringBuilder row = new StringBuilder().append(next.timestamp());
        for (int i = 0; i < next.size(); i++) {
          row.append(",\"").append(next.layout().name(i)).append("\":").append(next.value(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private RecordingFormat format(String text, String delimiter, String zone) throws IOException {
    Path file = folder.resolve("m1.csv");
    Files.writeString(file, text);
    return new RecordingFormat(file, delimiter, "time", ZoneId.of(zone), Map.of());
  }

  @Test
  void everyCellIsReadAsReplayReadsIt() throws Exception {
    Random random = new Random(7);
    String[] ends = {"\n", "\r\n", "\r", "\n\n"};
    for (int n = 0; n < 300; n++) {
      String delimiter = n % 3 == 0 ? ";" : n % 3 == 1 ? "," : "::";
      String end = ends[n % ends.length];
      StringBuilder text =
          new StringBuilder("time").append(delimiter).append("a").append(delimiter);
      text.append("\"b \"\"x\"\"\"").append(delimiter).append("c").append(end);
      for (int row = 0; row < 40; row++) {
        text.append(time(random));
        for (int column = 0; column < 3 && random.nextInt(20) > 0; column++) {
          text.append(delimiter).append(cell(random, delimiter));
        }
        text.append(end);
      }
      if (random.nextBoolean()) {
        text.setLength(text.length() - end.length());
      }
      RecordingFormat format =
          format(text.toString(), delimiter, n % 2 == 0 ? "UTC" : "Europe/Berlin");
      assertThat(read(format)).as(text.toString()).isEqualTo(replayed(format));
    }
  }

  private static String time(Random random) {
    long second = random.nextLong(1_700_000_000L, 1_700_000_000L + 40_000_000);
    String iso = java.time.Instant.ofEpochSecond(second).toString().replace("Z", "");
    return switch (random.nextInt(12)) {
      case 0 -> Long.toString(second);
      case 1 -> second + "" + random.nextInt(100, 1000);
      case 2 -> second + ".25";
      case 3 -> iso + "Z";
      case 4 -> iso.replace('T', ' ') + "." + random.nextInt(1, 1_000_000);
      case 5 -> iso + "+02:00";
      case 6 -> " " + iso;
      case 7 -> "";
      case 8 -> iso.substring(0, 10) + " 25:61:61";
      case 9 -> iso.substring(0, 16) + ":6" + random.nextInt(10);
      default -> iso.replace('T', random.nextBoolean() ? ' ' : 'T');
    };
  }

  private static String cell(Random random, String delimiter) {
    return switch (random.nextInt(14)) {
      case 0 -> "";
      case 1 -> "x";
      case 2 -> "\"7.5\"";
      case 3 -> "\"1" + delimiter + "\n2\"";
      case 4 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 5 -> " " + random.nextInt() + " ";
      case 6 -> "+." + random.nextInt(1000);
      case 7 -> random.nextInt(1000) + ".";
      case 8 -> "1e" + random.nextInt(-400, 400);
      case 9 -> "1,5";
      case 10 -> random.nextDouble() + "";
      case 11 -> String.format(Locale.ROOT, "%d", random.nextLong());
      case 12 -> "0x1p3";
      default -> String.format(Locale.ROOT, "%.3f", random.nextGaussian() * 1000);
    };
  }

  @Test
  void theChangeToSummerTimeIsKept() throws Exception {
    assertThat(
            read(
                format(
                    "time,a\n2026-03-29 01:59:59.5,1\n2026-03-29 03:00:00,2\n2026-03-29 03:00:59.999,3\n",
                    ",",
                    "Europe/Berlin")))
        .containsExactly(
            "1774745999500,\"a\":1.0", "1774746000000,\"a\":2.0", "1774746059999,\"a\":3.0");
  }

  @Test
  void aRowLongerThanTheBufferIsReadWhole() throws Exception {
    String note = "x".repeat(300_000);
    assertThat(read(format("time,n,a\n1700000000," + note + ",1\n1700000001,y,2\n", ",", "UTC")))
        .containsExactly("1700000000000,\"a\":1.0", "1700000001000,\"a\":2.0");
  }

  @Test
  void bytesThatComeOneByOneMakeTheSameRows() throws Exception {
    byte[] text =
        "\uFEFFtime,a\r\n1700000000,\"1\"\r\n\"1700000001\",2\r".getBytes(StandardCharsets.UTF_8);
    InputStream slow =
        new InputStream() {
          private final InputStream all = new ByteArrayInputStream(text);

          @Override
          public int read() throws IOException {
            return all.read();
          }

          @Override
          public int read(byte[] to, int from, int length) throws IOException {
            return all.read(to, from, Math.min(1, length));
          }
        };
    RecordingFormat format =
        new RecordingFormat(Path.of("slow"), ",", "time", ZoneId.of("UTC"), Map.of());
    try (RecordedReadings readings = RecordedReadings.of(slow, format, DEVICE)) {
      assertThat(readings.next()).extracting(Reading::timestamp).isEqualTo(1_700_000_000_000L);
      assertThat(readings.next()).extracting(Reading::timestamp).isEqualTo(1_700_000_001_000L);
      assertThat(readings.next()).isNull();
      assertThat(readings.bytes()).isEqualTo(text.length);
    }
  }

  @Test
  void aQuoteThatDoesNotEndIsNamedWithItsLine() throws Exception {
    RecordingFormat format = format("time,a\n1700000000,1\n1700000001,\"2\n", ",", "UTC");
    assertThatThrownBy(() -> read(format))
        .isInstanceOf(RecordingException.class)
        .hasMessage(format.file() + ":3: is not CSV in UTF-8 with delimiter ','");
  }

  @Test
  void twoColumnsForOneFieldAreRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("m1.csv"), "time,a,b\n");
    RecordingFormat format =
        new RecordingFormat(file, ",", "time", ZoneId.of("UTC"), Map.of("a", "x", "b", "x"));
    assertThatThrownBy(() -> RecordedReadings.open(format, DEVICE))
        .hasMessage(file + ": two columns are to be field 'x'");
  }
}
