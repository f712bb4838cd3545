package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root of a device's topics, such as {@code site/{site}/device/{device}}; below it are {@code
 * telemetry}, {@code status} and {@code attributes}, and what we publish. One that names the whole
 * topic of the readings, {@code …/telemetry}, is understood as its root. Immutable.
 */
public final class TopicTemplate implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String SITE = "{site}";
  private static final String DEVICE = "{device}";

  private final String text;
  private final String[] levels;

  private TopicTemplate(String text, String[] levels) {
    this.text = text;
    this.levels = levels;
  }

  /**
   * Reads a template: levels of fixed text, {@code {device}} once, {@code {site}} at most once.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  public static TopicTemplate parse(String written) {
    String text = root(written);
    String[] levels = text.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      checkLevel(text, levels[i], i, levels.length);
    }
    List<String> all = Arrays.asList(levels);
    if (Collections.frequency(all, DEVICE) != 1) {
      throw bad(text, "it needs the level {device} exactly once");
    }
    if (Collections.frequency(all, SITE) > 1) {
      throw bad(text, "it has the level {site} more than once");
    }
    return new TopicTemplate(text, levels);
  }

  private static String root(String written) {
    int end = written.lastIndexOf('/');
    if (end <= 0) {
      return written;
    }
    DeviceTopic.Kind below = DeviceTopic.Kind.ofLevel(written.substring(end + 1));
    if (below == DeviceTopic.Kind.OTHER) {
      return written;
    }
    String root = written.substring(0, end);
    if (below != DeviceTopic.Kind.TELEMETRY) {
      throw bad(
          written,
          "write "
              + root
              + ", the root of a device's topics: '"
              + below.level()
              + "' is looked for below it anyway");
    }
    return root;
  }

  /** Whether some topic is below both. */
  public boolean overlaps(TopicTemplate other) {
    if (levels.length != other.levels.length) {
      return false;
    }
    for (int i = 0; i < levels.length; i++) {
      boolean either = variable(levels[i]) || variable(other.levels[i]);
      if (!either && !levels[i].equals(other.levels[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean variable(String level) {
    return level.equals(SITE) || level.equals(DEVICE);
  }

  private static void checkLevel(String text, String level, int index, int count) {
    if (variable(level)) {
      return;
    }
    // A leading slash is usual with some; elsewhere an empty level is nearly always a slip.
    if (level.isEmpty() && (index > 0 || count == 1)) {
      throw bad(text, "level " + (index + 1) + " is empty");
    }
    if (level.indexOf('{') >= 0 || level.indexOf('}') >= 0) {
      throw bad(
          text, "level '" + level + "' is neither {site} nor {device} nor text without braces");
    }
    if (level.indexOf('+') >= 0 || level.indexOf('#') >= 0 || level.indexOf('\0') >= 0) {
      throw bad(text, "level '" + level + "' has a wildcard: write {site} or {device} instead");
    }
    if (index == 0 && level.startsWith("$")) {
      throw bad(text, "topics that begin with $ are the broker's own");
    }
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("topic template '" + text + "': " + why);
  }

  /** The MQTT filter of one kind of topic of every device. */
  public String filter(DeviceTopic.Kind kind) {
    StringBuilder filter = new StringBuilder();
    for (String level : levels) {
      filter.append(variable(level) ? "+" : level).append('/');
    }
    return filter.append(kind.level()).toString();
  }

  /**
   * The filter of every topic one level below a device: so that a message on a topic nobody knows
   * is seen and rejected, instead of never arriving.
   */
  public String everyFilter() {
    return filter(DeviceTopic.Kind.OTHER);
  }

  public String telemetryFilter() {
    return filter(DeviceTopic.Kind.TELEMETRY);
  }

  /** The filters of {@code status} and {@code attributes}, which are published retained. */
  public List<String> retainedFilters() {
    return List.of(filter(DeviceTopic.Kind.STATUS), filter(DeviceTopic.Kind.ATTRIBUTES));
  }

  /** What the topic is of which device, or null if it is not one level below this template. */
  public @Nullable DeviceTopic match(String topic) {
    String[] found = topic.split("/", -1);
    if (found.length != levels.length + 1) {
      return null;
    }
    String site = DeviceId.DEFAULT_SITE;
    String device = "";
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].equals(SITE)) {
        site = found[i];
      } else if (levels[i].equals(DEVICE)) {
        device = found[i];
      } else if (!levels[i].equals(found[i])) {
        return null;
      }
    }
    // MQTT's + takes an empty level too, but a device needs a name.
    return site.isEmpty() || device.isEmpty()
        ? null
        : new DeviceTopic(
            new DeviceId(site, device), DeviceTopic.Kind.ofLevel(found[levels.length]));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
