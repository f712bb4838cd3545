package io.motorwatch.benchmarks;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.model.Reading;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.InfluxQlClient;
import io.motorwatch.tools.backtest.Backtest;
import io.motorwatch.tools.history.CsvHistory;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.HistoryConfig;
import io.motorwatch.tools.history.HistoryProgress;
import io.motorwatch.tools.history.HistoryWindow;
import io.motorwatch.tools.history.InfluxArchive;
import io.motorwatch.tools.history.Nameplates;
import io.motorwatch.tools.history.ReadingCursor;
import io.motorwatch.tools.replay.RecordingFormat;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What {@code backtest} does a second, its start included, with the shipped patterns on healthy
 * motors with a nameplate: from CSV files beside reading these alone ({@code parse}), and from a
 * private InfluxDB beside the same queries whose answers nobody reads ({@code query}), as many at a
 * time as there are processors. Both ratios are readings a second by those of the bare variant.
 */
@Command
final class BacktestBenchmark implements Benchmark {

  private static final String TIER = "hot";

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "10",
      description = "Devices, each with a file; default ${DEFAULT-VALUE}.")
  int devices;

  @Option(
      names = "--readings",
      paramLabel = "N",
      defaultValue = "500000",
      description = "Readings of each device, of six fields; default ${DEFAULT-VALUE}.")
  int readings;

  @Option(names = "--csv-only", description = "Leave out InfluxDB.")
  boolean csvOnly;

  @Mixin final SharedOptions.BestOf bestOf = new SharedOptions.BestOf();

  /** What reads everything once and counts. */
  @FunctionalInterface
  private interface Round {
    long readings() throws Exception;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      HistoryFiles files = HistoryFiles.write(folder.path(), devices, readings);
      List<DeviceHistory> csv = new ArrayList<>();
      for (Path file : files.files()) {
        RecordingFormat format = new RecordingFormat(file, ",", "time", ZoneOffset.UTC, Map.of());
        csv.add(CsvHistory.of(HistoryFiles.device(file), HistoryFiles.NAMEPLATE, List.of(format)));
      }
      double parse = best(() -> inParallel(csv, BacktestBenchmark::parse));
      out.println(result("parse", parse));
      double tested = best(() -> backtest(csv));
      out.println(result("csv", tested).with("ratioToParse", tested / parse));
      if (!csvOnly) {
        influx(files, folder.path(), out);
      }
    }
  }

  private void influx(HistoryFiles files, Path folder, PrintStream out) throws Exception {
    try (LocalInfluxDb database = LocalInfluxDb.start(folder.resolve("influx"))) {
      files.store(database.url());
      InfluxArchive archive =
          InfluxArchive.open(InfluxConnection.of(database.url(), HistoryFiles.DATABASE), TIER);
      HistoryWindow all = archive.span();
      List<DeviceHistory> stored =
          archive.histories(
              device -> true, Nameplates.NONE.withAll(HistoryFiles.NAMEPLATE.numbers()), all);
      double query = best(() -> inParallel(stored, device -> query(archive, device, all)));
      out.println(result("query", query));
      double tested = best(() -> backtest(stored));
      out.println(result("influx", tested).with("ratioToQuery", tested / query));
    }
  }

  private Result result(String variant, double perSecond) {
    return new Result("backtest", variant)
        .with("readingsPerSecond", Math.round(perSecond))
        .with("devices", devices)
        .with("fields", HistoryFiles.FIELDS)
        .with("processors", Runtime.getRuntime().availableProcessors());
  }

  /** Readings a second of the best round, after one that warms up. */
  private double best(Round round) throws Exception {
    double best = 0;
    for (int i = 0; i <= bestOf.rounds; i++) {
      System.gc();
      long from = System.nanoTime();
      long count = round.readings();
      if (count != (long) devices * readings) {
        throw new IllegalStateException(count + " readings of " + (long) devices * readings);
      }
      double perSecond = count / ((System.nanoTime() - from) / 1e9);
      best = i == 0 ? 0 : Math.max(best, perSecond);
    }
    return best;
  }

  private static long backtest(List<DeviceHistory> history) throws Exception {
    Path patterns = Path.of(System.getProperty("motorwatch.home", "."), "conf", "patterns.yaml");
    return new Backtest(
            history, file -> HistoryConfig.of(null, List.of(), file), progress -> () -> {})
        .run(patterns).devices().stream().mapToLong(HistoryProgress.Device::readings).sum();
  }

  /** Reads one device and counts. */
  @FunctionalInterface
  private interface OfDevice {
    long count(DeviceHistory device) throws Exception;
  }

  private static long inParallel(List<DeviceHistory> devices, OfDevice each) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      devices.forEach(device -> tasks.add(() -> each.count(device)));
      long all = 0;
      for (Future<Long> one : threads.invokeAll(tasks)) {
        all += one.get();
      }
      return all;
    } finally {
      threads.shutdown();
    }
  }

  private static long parse(DeviceHistory device) throws Exception {
    long count = 0;
    try (ReadingCursor cursor = device.open()) {
      for (@Nullable Reading next = cursor.next(); next != null; next = cursor.next()) {
        count++;
      }
    }
    return count;
  }

  /** Its lines, less the header. */
  private static long query(InfluxArchive archive, DeviceHistory device, HistoryWindow all)
      throws Exception {
    long lines = 0;
    try (InfluxQlClient client = InfluxQlClient.again(archive.connection());
        InputStream in = client.ask(TIER, archive.statement(device.device(), all))) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines - 1;
  }
}
