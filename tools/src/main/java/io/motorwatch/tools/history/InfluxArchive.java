package io.motorwatch.tools.history;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.DeviceId;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxQlClient;
import io.motorwatch.sink.influx.schema.TelemetryPoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Readings in one tier of an InfluxDB. */
public final class InfluxArchive {

  /** Behind the measurement's name and its tags. */
  private static final int TIME_COLUMN = 2;

  private final InfluxConnection connection;
  private final String tier;
  private final Set<DeviceId> devices;

  private InfluxArchive(InfluxConnection connection, String tier, Set<DeviceId> devices) {
    this.connection = connection;
    this.tier = tier;
    this.devices = devices;
  }

  /**
   * Connects and asks for the devices.
   *
   * @param tier retention policy (1.x), or what follows {@code database/} in the bucket's name
   * @throws ConfigException if the database cannot be used, or has no readings there; says why
   */
  public static InfluxArchive open(InfluxConnection connection, String tier)
      throws ConfigException {
    try (InfluxQlClient client = InfluxQlClient.open(connection)) {
      String from = client.from(tier, TelemetryPoints.MEASUREMENT);
      TreeSet<DeviceId> devices = new TreeSet<>();
      for (List<String> row : rows(client, tier, "SHOW SERIES FROM " + from)) {
        SeriesKey key = SeriesKey.parse(row.get(row.size() - 1));
        String site = key.tag("site");
        String device = key.tag("device");
        if (!site.isEmpty() && !device.isEmpty()) {
          devices.add(new DeviceId(site, device));
        }
      }
      if (devices.isEmpty()) {
        throw new ConfigException(
            "InfluxDB at "
                + connection.address()
                + " has no readings in "
                + connection.database()
                + "/"
                + tier
                + ": check influx.database and --tier");
      }
      return new InfluxArchive(client.connection(), tier, devices);
    } catch (IOException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  /** All rows of a short answer, without its header. */
  static List<List<String>> rows(InfluxQlClient client, String tier, String statement)
      throws IOException {
    try (InputStream in = client.ask(tier, statement);
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.parse(text, CSVFormat.DEFAULT)) {
      List<List<String>> rows = new ArrayList<>();
      for (CSVRecord record : parser) {
        if (parser.getRecordNumber() > 1) {
          rows.add(record.toList());
        }
      }
      return rows;
    }
  }

  public InfluxConnection connection() {
    return connection;
  }

  /** The devices that have any readings, whenever. */
  public List<DeviceId> devices() {
    return List.copyOf(devices);
  }

  /**
   * The time range of all there is.
   *
   * @throws ConfigException if the database does not say
   */
  public HistoryWindow span() throws ConfigException {
    try (InfluxQlClient client = InfluxQlClient.again(connection)) {
      String all = "SELECT *::field FROM " + client.from(tier, TelemetryPoints.MEASUREMENT);
      long first = time(rows(client, tier, all + " ORDER BY time ASC LIMIT 1"));
      long last = time(rows(client, tier, all + " ORDER BY time DESC LIMIT 1"));
      return new HistoryWindow(first, last + 1);
    } catch (IOException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static long time(List<List<String>> rows) {
    return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0).get(TIME_COLUMN));
  }

  /** The query by which a device's readings are read. */
  public String statement(DeviceId device, HistoryWindow window) throws IOException {
    try (InfluxQlClient client = InfluxQlClient.again(connection)) {
      return InfluxHistory.statement(client, tier, device, window);
    }
  }

  /** The tier and where it is. */
  public String place() {
    return connection.database() + "/" + tier + " at " + connection.address();
  }

  /** The histories of some of the devices in a time range. */
  public List<DeviceHistory> histories(
      Predicate<DeviceId> wanted, Nameplates nameplates, HistoryWindow window) {
    List<DeviceHistory> histories = new ArrayList<>();
    for (DeviceId device : devices) {
      if (wanted.test(device)) {
        histories.add(new InfluxHistory(connection, tier, device, nameplates.of(device), window));
      }
    }
    return histories;
  }
}
