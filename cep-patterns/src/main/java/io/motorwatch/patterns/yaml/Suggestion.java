package io.motorwatch.patterns.yaml;

import java.util.Collection;

/** "Did you mean" for misspelt names: the nearest known name by edit distance. */
public final class Suggestion {

  private static final int FAR = 3;

  private Suggestion() {}

  /** {@code " (did you mean 'x'?)"} for the nearest known name, or nothing where none is near. */
  public static String among(Collection<String> known, String name) {
    String nearest = "";
    int best = FAR;
    for (String candidate : known) {
      int distance = distance(candidate, name);
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? "" : " (did you mean '" + nearest + "'?)";
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
