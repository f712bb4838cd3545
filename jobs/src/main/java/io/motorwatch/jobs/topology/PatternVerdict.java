package io.motorwatch.jobs.topology;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What became of a published pattern file.
 *
 * @param version the file's; empty where it cannot be read out of it
 * @param faults none of a file in force; at line 0 those of the file as a whole
 * @param at wall clock, epoch milliseconds
 * @param checksum of the file, by which its publisher knows its own
 */
public record PatternVerdict(
    OptionalLong version, boolean inForce, List<Problem> faults, long at, String checksum) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** In YAML or JSON, also in a file with faults. */
  private static final Pattern VERSION =
      Pattern.compile("(?m)(?:^|[{,\\s])[\"']?version[\"']?\\s*:\\s*(\\d{1,18})\\b");

  static PatternVerdict inForce(String document, long version, long at) {
    return new PatternVerdict(OptionalLong.of(version), true, List.of(), at, checksum(document));
  }

  static PatternVerdict refused(String document, List<Problem> faults, long at) {
    Matcher version = VERSION.matcher(document);
    return new PatternVerdict(
        version.find() ? OptionalLong.of(Long.parseLong(version.group(1))) : OptionalLong.empty(),
        false,
        faults,
        at,
        checksum(document));
  }

  /** A fault of the file as a whole. */
  static Problem fault(String message) {
    return new Problem(new Position(0, 0), message);
  }

  /** A line for each. */
  public static String text(List<Problem> faults) {
    return faults.stream()
        .map(fault -> fault.position().line() > 0 ? fault.toString() : fault.message())
        .collect(Collectors.joining("\n"));
  }

  /** CRC-32 of its UTF-8 form, as 8 hexadecimal digits. */
  public static String checksum(String document) {
    CRC32 crc = new CRC32();
    crc.update(document.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  /** As on {@code motorwatch/patterns/status} (contract §3). */
  String json() {
    ObjectNode verdict = JSON.createObjectNode();
    version.ifPresent(number -> verdict.put("version", number));
    verdict.put("state", inForce ? "in-force" : "refused").put("at", at);
    ArrayNode list = verdict.putArray("faults");
    for (Problem fault : faults) {
      list.addObject()
          .put("line", fault.position().line())
          .put("column", fault.position().column())
          .put("message", fault.message());
    }
    return verdict.put("checksum", checksum).toString();
  }
}
