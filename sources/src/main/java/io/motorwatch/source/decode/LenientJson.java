package io.motorwatch.source.decode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Mends JSON as devices write it with {@code printf}, for the parser that has refused it: one bad
 * value must not cost the values beside it. Only scalars are mended. A value that is no JSON
 * ({@code nan}, {@code +5}, {@code 0x1F}, {@code 5,3}) becomes a text, which is no number and is
 * reported as one; bytes that are no UTF-8 and control characters in texts are replaced; a comma
 * too many or too few is tolerated. What is cut off is not guessed.
 *
 * <p>Gives the JSON values of a payload one after the other; for one payload and thread.
 */
final class LenientJson {

  private static final int MAX_NAME = 1_000;

  /** Deeper values are no measurements; the strict parser refuses them. */
  private static final int MAX_DEPTH = 24;

  /** Far beyond what anybody sends, and within what the stack holds. */
  private static final int MAX_FOLLOWED = 200;

  /** After so many faults the rest of a payload is no JSON, and not worth the effort. */
  private static final int MAX_FAULTS = 64;

  private final LenientJsonScanner in;
  private StringBuilder out = new StringBuilder();
  private int arrayEnd;
  private int elements;
  private int mended;
  private int faults;
  private @Nullable Fault pending;

  LenientJson(byte[] payload) {
    this.in = new LenientJsonScanner(payload);
  }

  /** What comes next in a payload. */
  sealed interface Piece permits Root, Padding, Fault {}

  /**
   * An object or an array.
   *
   * @param json for the strict parser
   * @param mended how many values were mended
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Root(byte[] json, int mended) implements Piece {}

  /** What is no value and harmless; the detail says what and where. */
  record Padding(String detail) implements Piece {}

  /** What is dropped; the detail says what and where. */
  record Fault(String detail) implements Piece {}

  /** The next piece; null at the payload's end. */
  @Nullable Piece next() {
    if (pending != null) {
      Piece fault = pending;
      pending = null;
      return fault;
    }
    String padding = in.skipPadding();
    if (!padding.isEmpty()) {
      return new Padding(padding);
    }
    if (in.atEnd()) {
      return null;
    }
    if (in.peek() != '{' && in.peek() != '[') {
      return fault("neither a JSON object nor an array" + in.place() + ", but: " + in.takeLine());
    }
    return root();
  }

  private Piece root() {
    int start = in.position();
    out = new StringBuilder();
    arrayEnd = 0;
    elements = 0;
    mended = 0;
    try {
      value(1);
      return new Root(bytes(), mended);
    } catch (BadPayloadException e) {
      if (elements == 0) {
        in.resumeAtLineAfter(start);
        return fault(e.detail());
      }
      in.resumeAtLineAfter(in.position());
      pending = fault(e.detail() + after());
      out.setLength(arrayEnd);
      out.append(']');
      return new Root(bytes(), mended);
    }
  }

  private Fault fault(String detail) {
    faults++;
    if (faults < MAX_FAULTS) {
      return new Fault(detail);
    }
    in.skipAll();
    return new Fault(detail + "; what follows was not read any more");
  }

  private byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String after() {
    return " (after " + elements + " elements, which were taken as they are)";
  }

  private void value(int depth) throws BadPayloadException {
    in.skipSpace();
    switch (in.peekInside()) {
      case '{' -> nested(depth, '}');
      case '[' -> nested(depth, ']');
      case '"' -> text();
      default -> scalar(false);
    }
  }

  private void nested(int depth, char end) throws BadPayloadException {
    if (depth > MAX_FOLLOWED) {
      throw BadPayloadException.malformed(
          "not JSON of a device" + in.place() + ": more than " + MAX_FOLLOWED + " levels deep");
    }
    int start = out.length();
    out.append(in.take());
    boolean first = true;
    while (true) {
      in.skipSpaceAndCommas();
      int next = in.peekInside();
      if (next == end) {
        out.append(in.take());
        break;
      }
      if (next == '}' || next == ']') {
        throw in.unexpected("the end of the value, '" + end + "',");
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      if (end == '}') {
        member(depth);
      } else {
        value(depth + 1);
        in.skipToSeparator();
        if (depth == 1) {
          arrayEnd = out.length();
          elements++;
        }
      }
    }
    if (depth > MAX_DEPTH) {
      out.setLength(start);
      out.append("null");
    }
  }

  private void member(int depth) throws BadPayloadException {
    if (in.peekInside() != '"') {
      throw in.unexpected("a name in double quotes");
    }
    int nameStart = out.length();
    text();
    boolean named = out.length() - nameStart <= MAX_NAME;
    if (!named) {
      out.setLength(nameStart + 60);
      out.append("…\"");
    }
    in.skipSpace();
    if (in.peekInside() != ':') {
      throw in.unexpected("a colon behind the name");
    }
    out.append(in.take());
    int valueStart = out.length();
    in.skipSpace();
    int next = in.peekInside();
    if (next == '{' || next == '[' || next == '"') {
      value(depth + 1);
      in.skipToSeparator();
    } else {
      scalar(true);
    }
    if (!named) {
      out.setLength(valueStart);
      out.append("\"not taken: its name is too long\"");
      mended++;
    }
  }

  private void text() throws BadPayloadException {
    out.append(in.take());
    while (true) {
      int next = in.peekInside();
      if (next == '\\') {
        out.append(in.takeEscape());
      } else if (next == '"') {
        out.append(in.take());
        return;
      } else {
        out.append(in.takeCharacter());
      }
    }
  }

  private void scalar(boolean inObject) throws BadPayloadException {
    String token = in.takeToken(inObject);
    if (NumericText.isNumber(token)
        || token.equals("true")
        || token.equals("false")
        || token.equals("null")) {
      out.append(token);
      return;
    }
    mended++;
    out.append('"');
    String shown = Excerpt.of(token);
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c == '\\' || c == '"') {
        out.append('\\');
      }
      out.append(c < ' ' ? ' ' : c);
    }
    out.append('"');
  }
}
