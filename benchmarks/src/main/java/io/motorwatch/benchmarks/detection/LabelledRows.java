package io.motorwatch.benchmarks.detection;

import io.motorwatch.model.FieldLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one or several recordings of a device, one after the other. Mutable; for one thread.
 */
final class LabelledRows {

  /**
   * A row.
   *
   * @param at device time, epoch milliseconds
   * @param values by the layout; NaN where there is none
   * @param anomalous its label
   * @param scored whether it counts in results: not what is learned from
   */
  record Row(long at, double[] values, boolean anomalous, boolean scored) {}

  private final FieldLayout layout;
  private final List<Row> rows = new ArrayList<>();

  LabelledRows(FieldLayout layout) {
    this.layout = layout;
  }

  FieldLayout layout() {
    return layout;
  }

  void add(Row row) {
    rows.add(row);
  }

  /** The row added last; there must be one. */
  Row last() {
    return rows.get(rows.size() - 1);
  }

  List<Row> all() {
    return List.copyOf(rows);
  }
}
