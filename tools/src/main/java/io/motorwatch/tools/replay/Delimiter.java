package io.motorwatch.tools.replay;

import java.util.List;

/** What stands between the columns of a recording, found from its header. */
public final class Delimiter {

  /** Of equally many the first: names of columns may well have commas in them. */
  private static final List<String> USUAL = List.of(";", "\t", ",", "|");

  private Delimiter() {}

  /** The one of {@code ; , |} and tabulator that is most often in a header, outside of quotes. */
  public static String of(String header) {
    String unquoted = header.replaceAll("\"[^\"]*\"", "");
    String most = USUAL.get(0);
    for (String each : USUAL) {
      if (count(each, unquoted) > count(most, unquoted)) {
        most = each;
      }
    }
    return most;
  }

  private static long count(String delimiter, String text) {
    return text.chars().filter(letter -> letter == delimiter.charAt(0)).count();
  }
}
