package io.motorwatch.tools.history;

/**
 * A time range of device time.
 *
 * @param since the first that is in it, epoch milliseconds; {@link Long#MIN_VALUE} for no begin
 * @param until the first that is not in it any more; {@link Long#MAX_VALUE} for no end
 */
public record HistoryWindow(long since, long until) {

  public static final HistoryWindow ALL = new HistoryWindow(Long.MIN_VALUE, Long.MAX_VALUE);

  public boolean contains(long at) {
    return at >= since && at < until;
  }

  public boolean hasBegin() {
    return since != Long.MIN_VALUE;
  }
}
