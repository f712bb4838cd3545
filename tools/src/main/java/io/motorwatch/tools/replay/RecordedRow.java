package io.motorwatch.tools.replay;

/**
 * A row that can be published.
 *
 * @param line where it ends in the file, from 1
 * @param at device time, epoch milliseconds
 * @param fields the payload's members after the time, each with a leading comma
 */
record RecordedRow(long line, long at, String fields) {}
