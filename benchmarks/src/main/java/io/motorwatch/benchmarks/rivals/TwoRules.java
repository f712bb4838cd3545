package io.motorwatch.benchmarks.rivals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Overload and stall and nothing else, as a pattern file. */
public final class TwoRules {

  private static final String FILE = "rules.yaml";

  private TwoRules() {}

  /** The pattern file's text. */
  public static String patternFile() throws IOException {
    try (InputStream in = TwoRules.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IOException(FILE + " is missing beside " + TwoRules.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
