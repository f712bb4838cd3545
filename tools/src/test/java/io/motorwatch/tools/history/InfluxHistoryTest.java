package io.motorwatch.tools.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.motorwatch.model.Reading;
import io.motorwatch.sink.influx.InfluxConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database may do in the middle of an answer, which a real one does not do on demand. */
class InfluxHistoryTest {

  private static final String ROWS =
      "name,tags,time,current,device_\ntelemetry,,1700000000000,9.5,1\ntelemetry,,1700000001000,10,\n";

  private HttpServer server;
  private String answer;
  private boolean cut;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ping",
        exchange -> {
          exchange.getResponseHeaders().add("X-Influxdb-Version", "1.6.7");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext("/query", this::query);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void query(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    String text =
        query.contains("SHOW SERIES")
            ? "name,tags,key\n,,\"telemetry,device=m1,site=plant\"\n"
            : query.contains("SELECT") ? answer : "{}";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean cutNow = cut && query.contains("SELECT");
    exchange.sendResponseHeaders(200, cutNow ? bytes.length + 10 : bytes.length);
    OutputStream out = exchange.getResponseBody();
    out.write(bytes);
    out.flush();
    exchange.close();
  }

  private List<Reading> read() throws Exception {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    InfluxArchive archive = InfluxArchive.open(InfluxConnection.of(url, "motorwatch"), "hot");
    List<Reading> readings = new ArrayList<>();
    HistoryWindow window = new HistoryWindow(1_700_000_000_000L, 1_700_000_002_000L);
    for (DeviceHistory history : archive.histories(d -> true, Nameplates.NONE, window)) {
      try (ReadingCursor cursor = history.open()) {
        for (Reading next = cursor.next(); next != null; next = cursor.next()) {
          readings.add(next);
        }
        assertThat(cursor.position()).isEqualTo(history.size());
      }
    }
    return readings;
  }

  @Test
  void rowsAreReadingsUnderTheNamesTheDeviceGaveItsFields() throws Exception {
    answer = ROWS;
    List<Reading> readings = read();
    assertThat(readings)
        .extracting(Reading::timestamp)
        .containsExactly(1_700_000_000_000L, 1_700_000_001_000L);
    assertThat(readings.get(0).valueOf("device")).isEqualTo(1);
    assertThat(readings.get(1).layout()).hasToString("[current]");
  }

  @Test
  void noRowAtAllIsNoReading() throws Exception {
    answer = "";
    assertThat(read()).isEmpty();
  }

  @Test
  void anErrorBehindTheFirstRowsBreaksTheHistoryOff() {
    answer = ROWS + "\nerror\nquery timeout reached\n";
    assertThatThrownBy(this::read)
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("InfluxDB broke off the history of plant/m1: error");
  }

  @Test
  void anAnswerThatIsCutShortBreaksTheHistoryOff() {
    answer = ROWS;
    cut = true;
    assertThatThrownBy(this::read)
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("plant/m1 in InfluxDB: cannot be read on")
        .hasNoCause();
  }
}
