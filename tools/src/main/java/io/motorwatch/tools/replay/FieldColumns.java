package io.motorwatch.tools.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which column of a recording becomes which field. */
final class FieldColumns {

  /**
   * A column and its field.
   *
   * @param name the field's
   * @param quotedName the same as JSON
   */
  record Column(int index, String name, String quotedName) {

    static Column of(int index, String name) {
      return new Column(index, name, quote(name));
    }
  }

  private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Members of a reading that are no fields. */
  private static final Set<String> RESERVED =
      Set.of("timestamp", "ts", "seq", "deviceId", "values");

  private FieldColumns() {}

  static List<Column> of(RecordingFormat format, List<String> headers) throws RecordingException {
    int time = indexOf(format.timeColumn(), format, headers);
    List<Column> columns = new ArrayList<>();
    if (!format.fields().isEmpty()) {
      for (Map.Entry<String, String> entry : format.fields().entrySet()) {
        String field = entry.getValue();
        if (RESERVED.contains(field)) {
          throw new RecordingException(
              "a field cannot be called '" + field + "', which readings use for something else");
        }
        columns.add(Column.of(indexOf(entry.getKey(), format, headers), field));
      }
      return columns;
    }
    Set<String> taken = new HashSet<>(RESERVED);
    for (int i = 0; i < headers.size(); i++) {
      if (i != time) {
        columns.add(Column.of(i, unique(fieldName(headers.get(i), i), taken)));
      }
    }
    return columns;
  }

  /** Where a column is; by its exact header. */
  static int indexOf(String column, RecordingFormat format, List<String> headers)
      throws RecordingException {
    int index = headers.indexOf(column);
    if (index < 0) {
      throw new RecordingException(
          format.file()
              + ":1: there is no column '"
              + column
              + "'; the columns are '"
              + String.join("', '", headers)
              + "'"
              + (headers.size() == 1
                  ? "; is --delimiter '" + format.delimiter() + "' right?"
                  : ""));
    }
    return index;
  }

  /** A header as a name that expressions can use: letters and digits kept, the rest one _. */
  static String fieldName(String header, int index) {
    String name = NO_NAME.matcher(header.trim()).replaceAll("_");
    name = name.startsWith("_") ? name.substring(1) : name;
    name = name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
    return name.isEmpty() ? "column_" + (index + 1) : name;
  }

  private static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  private static String quote(String name) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
