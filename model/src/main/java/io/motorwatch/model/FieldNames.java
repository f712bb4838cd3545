package io.motorwatch.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Field names as bytes, one after another. A name that motors' telemetry usually has takes one
 * byte, any other 0, the length of its UTF-8 in seven bits a byte, lowest first, and that: names
 * are half of what is kept of a device otherwise.
 */
final class FieldNames {

  /** By code, from 1. To be appended to and never changed: checkpoints have the codes. */
  private static final List<String> USUAL =
      List.of(
          "current",
          "speed",
          "temperature",
          "voltage",
          "power",
          "energy",
          "frequency",
          "torque",
          "vibration",
          "pressure",
          "flow",
          "level",
          "position",
          "load",
          "running",
          "state",
          "currentA",
          "currentB",
          "currentC",
          "currentL1",
          "currentL2",
          "currentL3",
          "voltageA",
          "voltageB",
          "voltageC",
          "voltageL1",
          "voltageL2",
          "voltageL3",
          "voltageL12",
          "voltageL23",
          "voltageL31",
          "powerFactor",
          "cosPhi",
          "activePower",
          "reactivePower",
          "apparentPower",
          "activeEnergy",
          "reactiveEnergy",
          "rpm",
          "windingTemperature",
          "bearingTemperature",
          "ambientTemperature",
          "vibrationX",
          "vibrationY",
          "vibrationZ",
          "vibrationRms",
          "operatingHours",
          "starts",
          "humidity",
          "insulationResistance",
          "groundCurrent",
          "dcLinkVoltage",
          "setpoint",
          "i",
          "n",
          "t",
          "u",
          "p",
          "f");

  private static final Map<String, Integer> CODES = new HashMap<>();

  static {
    for (int i = 0; i < USUAL.size(); i++) {
      CODES.put(USUAL.get(i), i + 1);
    }
  }

  private FieldNames() {}

  static byte[] encode(String[] names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String name : names) {
      int code = CODES.getOrDefault(name, 0);
      out.write(code);
      if (code == 0) {
        writeText(name.getBytes(StandardCharsets.UTF_8), out);
      }
    }
    return out.toByteArray();
  }

  private static void writeText(byte[] text, ByteArrayOutputStream out) {
    int rest = text.length;
    while (rest > 0x7F) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    out.writeBytes(text);
  }

  /**
   * The names of {@code length} bytes.
   *
   * @throws IllegalArgumentException if they are not from {@link #encode}, or from that of a later
   *     version
   */
  static List<String> decode(byte[] bytes, int length) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < length) {
      int code = bytes[at++];
      if (code != 0) {
        if (code < 0 || code > USUAL.size()) {
          throw new IllegalArgumentException("no field name of code " + code + " is known");
        }
        names.add(USUAL.get(code - 1));
        continue;
      }
      int size = 0;
      for (int shift = 0; at < length; shift += 7) {
        int next = bytes[at++];
        size |= (next & 0x7F) << shift;
        if (next >= 0) {
          break;
        }
      }
      if (size > length - at) {
        throw new IllegalArgumentException("a field name that is cut off");
      }
      names.add(new String(bytes, at, size, StandardCharsets.UTF_8));
      at += size;
    }
    return names;
  }
}
