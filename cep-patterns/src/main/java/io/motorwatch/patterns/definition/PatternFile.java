package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.InvalidFileException;
import java.io.Serializable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text of a pattern file that has been checked; {@link PatternFileParser} parses it.
 *
 * @param version as the file states it
 * @param text as it was written
 */
public record PatternFile(long version, String text) implements Serializable {

  private static final Logger LOG = LoggerFactory.getLogger(PatternFile.class);

  /**
   * Checks a text.
   *
   * @throws InvalidFileException with every fault of it
   */
  public static PatternFile of(String text) throws InvalidFileException {
    return new PatternFile(PatternFileParser.parse(text).version(), text);
  }

  /**
   * The file in force after a restart, the same for every caller: the one of the highest version.
   * If a kept file has the version of the configured one, the configured file is in force. Kept
   * files that this version of motorwatch no longer accepts are ignored.
   *
   * @param kept files in force when the state was taken
   */
  public static PatternFile newest(PatternFile configured, Iterable<String> kept) {
    PatternFile newest = configured;
    for (String text : kept) {
      try {
        PatternFile candidate = of(text);
        if (candidate.version() > newest.version()) {
          newest = candidate;
        }
      } catch (InvalidFileException e) {
        LOG.warn(
            "The pattern file in force before the restart is no longer valid and not used: {}",
            e.getMessage());
      }
    }
    return newest;
  }

  /** Parses the text, which has been checked. */
  public PatternSet parse() {
    try {
      return PatternFileParser.parse(text);
    } catch (InvalidFileException e) {
      throw new IllegalStateException("a checked pattern file is invalid", e);
    }
  }
}
