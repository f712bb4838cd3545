package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.expression.AttributeRange;
import io.motorwatch.patterns.signal.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which attributes of a device's nameplate its patterns cannot use, and what they use instead. An
 * attribute is usable if it is a number, and greater than 0 where an expression divides by it or it
 * is a rating. Otherwise the file's default is used, which protects the device; without a default
 * the patterns that need the attribute are not evaluated for the device. Immutable.
 *
 * @param unusable published attributes that a pattern for the device needs and cannot use
 * @param note these attributes and the defaults in use, for a person; empty where there are none
 * @param fingerprint of the note; 0 if it is empty
 */
record NameplateCheck(List<Unusable> unusable, String note, int fingerprint) {

  /**
   * An attribute that cannot be used.
   *
   * @param published as it was published
   * @param detail what is wrong with it and what is used instead
   */
  record Unusable(String name, String published, String detail) {}

  /** An attribute a pattern reads, of a device that sends no field of that name. */
  record RequiredAttribute(
      String name, AttributeRange range, double defaultValue, Set<String> patterns) {

    /** The value that is used; NaN for none. */
    double value(Attributes attributes) {
      Double own = attributes.numbers().get(name);
      return own != null && range.accepts(own) ? own : defaultValue;
    }
  }

  /**
   * @param required the attributes that patterns for the device read
   */
  static NameplateCheck of(Attributes attributes, List<RequiredAttribute> required) {
    List<Unusable> unusable = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (RequiredAttribute each : required) {
      Double own = attributes.numbers().get(each.name());
      if (own != null && each.range().accepts(own)) {
        continue;
      }
      String published = published(attributes, each.name());
      if (!published.isEmpty()) {
        String detail =
            "attribute "
                + each.name()
                + " is "
                + published
                + (own == null ? ", which is no number: " : ", and " + each.range().rule() + ": ")
                + instead(each);
        unusable.add(new Unusable(each.name(), published, detail));
        notes.add(detail);
      } else if (!Double.isNaN(each.defaultValue())) {
        String lack = attributes.isEmpty() ? "no nameplate: " : "not on the nameplate: ";
        notes.add(lack + each.name() + " " + each.defaultValue() + " from defaults");
      }
    }
    String note = String.join("; ", notes);
    return new NameplateCheck(unusable, note, fingerprint(note));
  }

  private static int fingerprint(String note) {
    return note.isEmpty() ? 0 : (int) Fingerprint.of(note) | 1;
  }

  private static String instead(RequiredAttribute each) {
    return Double.isNaN(each.defaultValue())
        ? "not evaluated without it: " + String.join(", ", each.patterns())
        : each.defaultValue() + " from defaults is used";
  }

  /** Empty where nothing was published. */
  private static String published(Attributes attributes, String name) {
    Double number = attributes.numbers().get(name);
    if (number != null) {
      return number.toString();
    }
    String text = attributes.texts().get(name);
    if (text != null) {
      return "\"" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "\"";
    }
    return attributes.lists().containsKey(name) ? "a list" : "";
  }
}
