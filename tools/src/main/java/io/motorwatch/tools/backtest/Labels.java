package io.motorwatch.tools.backtest;

import io.motorwatch.jobs.config.ConfigException;
import java.nio.file.Path;
import java.util.List;

/** What is known of a history. */
public final class Labels {

  private final List<Label> all;

  private Labels(List<Label> all) {
    this.all = all;
  }

  /**
   * JSON lines as {@code simulate --truth} writes them.
   *
   * @throws ConfigException with the line, if one is no label
   */
  public static Labels read(Path file) throws ConfigException {
    return new Labels(Label.read(file));
  }

  List<Label> all() {
    return all;
  }

  public int size() {
    return all.size();
  }
}
