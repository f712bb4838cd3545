package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.tools.backtest.Backtest;
import io.motorwatch.tools.history.AlarmReference;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.StoredAlarms;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds an alarm by its id, where the history is. */
final class AlarmSearch {

  private AlarmSearch() {}

  /**
   * Looks in {@code events}, or among the alarms that files raise; after that only the alarm's
   * device is asked for.
   *
   * @throws ConfigException if there is none
   */
  static AlarmReference find(HistoryOptions history, String id, Path patterns, PrintWriter err)
      throws Exception {
    boolean stored = history.from != null;
    Optional<AlarmReference> found =
        stored
            ? new StoredAlarms(ConnectedOutputs.connection(history.loaded().influx())).find(id)
            : new Backtest(history.open(err).devices(), history::config, Terminal::progress)
                .run(patterns)
                .find(id);
    AlarmReference alarm =
        found.orElseThrow(
            () ->
                new ConfigException(
                    stored
                        ? "no alarm " + id + " in events"
                        : "this history raises no alarm " + id + " with " + patterns));
    if (stored) {
      history.devices = List.of(alarm.device().path());
    }
    return alarm;
  }

  /** The history of an alarm's device. */
  static DeviceHistory device(HistoryInput input, AlarmReference alarm) throws ConfigException {
    return input.devices().stream()
        .filter(each -> each.device().equals(alarm.device()))
        .findFirst()
        .orElseThrow(
            () -> new ConfigException("this history has no readings of " + alarm.device()));
  }
}
