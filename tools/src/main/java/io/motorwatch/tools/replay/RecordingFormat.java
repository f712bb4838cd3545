package io.motorwatch.tools.replay;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;

/**
 * How a recording is to be read.
 *
 * @param file CSV in UTF-8; its first line names the columns
 * @param delimiter between two columns
 * @param timeColumn the column of the device time
 * @param zone of times that name none
 * @param fields column to field, in the order of the payload; empty for every numeric column
 */
public record RecordingFormat(
    Path file, String delimiter, String timeColumn, ZoneId zone, Map<String, String> fields) {}
