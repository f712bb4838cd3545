package io.motorwatch.tools.history;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Rejection;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.JsonWriter;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlNode.Mapping;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import io.motorwatch.patterns.yaml.YamlReader;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.source.decode.SignatureVerifier;
import io.motorwatch.source.decode.TopicTemplate;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Nameplates of devices in history, where no device publishes its own. Immutable. Of several that
 * have the same attribute, what was given for all devices counts, then a file's, then what the
 * device published.
 */
public final class Nameplates {

  public static final Nameplates NONE = new Nameplates(Map.of(), List.of(), Attributes.NONE);

  private final Map<DeviceId, Attributes> published;
  private final List<Entry> entries;
  private final Attributes ofAll;

  /** An entry of a file. */
  private record Entry(String text, Pattern devices, Attributes attributes) {}

  private Nameplates(Map<DeviceId, Attributes> published, List<Entry> entries, Attributes ofAll) {
    this.published = published;
    this.entries = entries;
    this.ofAll = ofAll;
  }

  /** The same with what devices published. */
  public Nameplates withPublished(Map<DeviceId, Attributes> more) {
    return new Nameplates(Map.copyOf(more), entries, ofAll);
  }

  /** The same with what every device has. */
  public Nameplates withAll(Map<String, Double> numbers) {
    return new Nameplates(published, entries, Attributes.ofNumbers(numbers));
  }

  /**
   * The same with those of a file, YAML or JSON: {@code site/device: {ratedCurrent: 5}}, in whose
   * keys {@code *} stands for any part of a level; the first that fits counts, one without {@code
   * *} before all others.
   *
   * @throws ConfigException with line and column
   */
  public Nameplates withFile(Path file) throws ConfigException {
    try {
      if (!(YamlReader.read(Files.readString(file)) instanceof Mapping devices)) {
        throw new ConfigException(file + ":1:1: must be site/device: {name: value, …}");
      }
      List<Entry> exact = new ArrayList<>();
      List<Entry> patterns = new ArrayList<>();
      for (Map.Entry<Scalar, YamlNode> each : devices.entries().entrySet()) {
        String key = each.getKey().text();
        if (!(each.getValue() instanceof Mapping) || !key.matches("[^/]+/[^/]+")) {
          throw new ConfigException(
              "%s:%d:%d: must be site/device: {name: value, …}, with a * for any part"
                  .formatted(
                      file, each.getKey().position().line(), each.getKey().position().column()));
        }
        Attributes attributes = attributes(JsonWriter.write(each.getValue()));
        (key.contains("*") ? patterns : exact).add(new Entry(key, glob(key), attributes));
      }
      exact.addAll(patterns);
      return new Nameplates(published, List.copyOf(exact), ofAll);
    } catch (InvalidFileException e) {
      Problem first = e.problems().get(0);
      throw new ConfigException(
          "%s:%d:%d: %s"
              .formatted(
                  file, first.position().line(), first.position().column(), first.message()));
    } catch (IOException e) {
      throw new ConfigException("--attributes: cannot read " + file + " as UTF-8 text");
    }
  }

  private static Pattern glob(String key) {
    StringBuilder regex = new StringBuilder();
    for (String part : key.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : "[^/]*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString());
  }

  /** A device's nameplate. */
  public Attributes of(DeviceId device) {
    Attributes own = published.getOrDefault(device, Attributes.NONE);
    for (Entry entry : entries) {
      if (entry.devices().matcher(device.path()).matches()) {
        own = over(own, entry.attributes());
        break;
      }
    }
    return over(own, ofAll);
  }

  private static Attributes over(Attributes below, Attributes above) {
    if (above.isEmpty() || below.isEmpty()) {
      return above.isEmpty() ? below : above;
    }
    Map<String, Double> numbers = new HashMap<>(below.numbers());
    Map<String, String> texts = new HashMap<>(below.texts());
    Map<String, List<String>> lists = new HashMap<>(below.lists());
    for (String name : names(above)) {
      numbers.remove(name);
      texts.remove(name);
      lists.remove(name);
    }
    numbers.putAll(above.numbers());
    texts.putAll(above.texts());
    lists.putAll(above.lists());
    return new Attributes(numbers, texts, lists);
  }

  private static List<String> names(Attributes attributes) {
    List<String> names = new ArrayList<>(attributes.numbers().keySet());
    names.addAll(attributes.texts().keySet());
    names.addAll(attributes.lists().keySet());
    return names;
  }

  /** A nameplate's JSON as the job reads it. */
  private static Attributes attributes(String json) {
    Map<DeviceId, Attributes> read =
        decode(
            List.of(TopicTemplate.parse("site/{site}/device/{device}")),
            List.of(
                new MqttMessage(
                    "site/a/device/a/attributes",
                    json.getBytes(StandardCharsets.UTF_8),
                    false,
                    1,
                    null,
                    0)));
    return read.values().stream().findFirst().orElse(Attributes.NONE);
  }

  /** The nameplates among messages, as the job reads them; the last of a device counts. */
  static Map<DeviceId, Attributes> decode(
      List<TopicTemplate> templates, List<MqttMessage> messages) {
    Map<DeviceId, Attributes> read = new LinkedHashMap<>();
    MessageDecoder decoder =
        new MessageDecoder(
            templates, SignatureVerifier.NONE, MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES);
    MessageDecoder.Output output =
        new MessageDecoder.Output() {
          @Override
          public void event(DeviceEvent event) {
            if (event instanceof AttributesReport report) {
              read.put(report.device(), report.attributes());
            }
          }

          @Override
          public void rejected(Rejection rejection) {}

          @Override
          public void dropped(int values) {}

          @Override
          public void patterns(@Nullable String document) {}
        };
    messages.forEach(message -> decoder.decode(message, output));
    return read;
  }
}
