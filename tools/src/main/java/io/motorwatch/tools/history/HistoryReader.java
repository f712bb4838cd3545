package io.motorwatch.tools.history;

import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Reading;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads the devices of one subtask, one after the other: a thread of its own reads ahead, a few
 * batches and no more, while the task evaluates what was read. It waits for nothing but its
 * history, so it is only for bounded jobs without checkpoints.
 */
final class HistoryReader implements SourceReader<DeviceEvent, HistorySource.NoSplit> {

  private static final int BATCH = 1_024;
  private static final int BATCHES_AHEAD = 16;
  private static final long LOOK_MS = 100;

  private final List<DeviceHistory> devices;
  private final HistoryProgress progress;
  private final BlockingQueue<Batch> ahead = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private @Nullable Thread thread;

  /** Some readings of one device, in order; a nameplate before the first. */
  private static final class Batch {
    private final @Nullable AttributesReport nameplate;
    private final Reading[] readings;
    private final int count;
    private final @Nullable Exception failure;

    Batch(@Nullable AttributesReport nameplate, Reading[] readings, int count) {
      this.nameplate = nameplate;
      this.readings = readings;
      this.count = count;
      this.failure = null;
    }

    /** The end, with what caused it if it came too early. */
    Batch(@Nullable Exception failure) {
      this.nameplate = null;
      this.readings = new Reading[0];
      this.count = 0;
      this.failure = failure;
    }

    boolean isEnd() {
      return nameplate == null && count == 0;
    }
  }

  HistoryReader(List<DeviceHistory> devices, HistoryProgress progress) {
    this.devices = List.copyOf(devices);
    this.progress = progress;
  }

  @Override
  public void start() {
    Thread reading = new Thread(this::readAhead, "history-reader");
    reading.setDaemon(true);
    thread = reading;
    reading.start();
  }

  private void readAhead() {
    Exception failure = null;
    try {
      for (DeviceHistory device : devices) {
        readAhead(device);
      }
    } catch (HistoryException e) {
      progress.failed(e);
      failure = e;
    } catch (RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      return; // Nobody takes anything any more.
    }
    try {
      ahead.put(new Batch(failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAhead(DeviceHistory device) throws HistoryException, InterruptedException {
    AttributesReport nameplate =
        device.attributes().isEmpty()
            ? null
            : new AttributesReport(device.device(), device.attributes(), 0);
    try (ReadingCursor cursor = device.open()) {
      Reading next = cursor.next();
      while (next != null) {
        Reading[] batch = new Reading[BATCH];
        int count = 0;
        while (next != null && count < BATCH) {
          batch[count++] = next;
          next = cursor.next();
        }
        progress.read(device.device(), batch, count, cursor.position());
        ahead.put(new Batch(nameplate, batch, count));
        nameplate = null;
      }
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<DeviceEvent> output) throws Exception {
    Batch batch = ahead.poll(LOOK_MS, TimeUnit.MILLISECONDS);
    if (batch == null) {
      return InputStatus.MORE_AVAILABLE;
    }
    if (batch.failure != null) {
      throw batch.failure;
    }
    if (batch.isEnd()) {
      return InputStatus.END_OF_INPUT;
    }
    if (batch.nameplate != null) {
      output.collect(batch.nameplate);
    }
    for (int i = 0; i < batch.count; i++) {
      output.collect(batch.readings[i]);
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<HistorySource.NoSplit> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void addSplits(List<HistorySource.NoSplit> splits) {
    throw new IllegalArgumentException("each reader knows its devices, there are no splits");
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() throws InterruptedException {
    Thread reading = thread;
    if (reading != null) {
      reading.interrupt();
      reading.join(LOOK_MS);
    }
  }
}
