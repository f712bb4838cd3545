package io.motorwatch.source.decode;

import java.nio.charset.StandardCharsets;

/**
 * A payload read character by character, for {@link LenientJson}. What is no UTF-8 is a replacement
 * character; NUL, with which C ends a text, is a space.
 */
final class LenientJsonScanner {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private int at;

  /** How far lines have been counted, and how many. */
  private int counted;

  private int line = 1;
  private int lineStart;

  LenientJsonScanner(byte[] payload) {
    this.text = new String(payload, StandardCharsets.UTF_8);
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at == text.length();
  }

  char peek() {
    return text.charAt(at);
  }

  /** The next character of something that has begun, and must not end here. */
  char peekInside() throws BadPayloadException {
    if (atEnd()) {
      throw BadPayloadException.malformed("not JSON: it is cut off" + place());
    }
    return text.charAt(at);
  }

  char take() {
    return text.charAt(at++);
  }

  /** {@code at line 1, column 7}. */
  String place() {
    if (at < counted) {
      counted = 0;
      line = 1;
      lineStart = 0;
    }
    for (; counted < at; counted++) {
      if (text.charAt(counted) == '\n') {
        line++;
        lineStart = counted + 1;
      }
    }
    return " at line " + line + ", column " + (at - lineStart + 1);
  }

  BadPayloadException unexpected(String wanted) {
    int end = Math.min(text.length(), at + 20);
    return BadPayloadException.malformed(
        "not JSON" + place() + ": " + wanted + " is needed there, not " + text.substring(at, end));
  }

  /** Between values of a payload; what is worth mentioning of what was skipped, or nothing. */
  String skipPadding() {
    int zeros = 0;
    String from = "";
    while (!atEnd() && (isSpace(peek()) || peek() == BYTE_ORDER_MARK)) {
      if (peek() == 0) {
        from = zeros++ == 0 ? place() : from;
      }
      at++;
    }
    return zeros == 0 ? "" : "NUL beside the JSON" + from + ": send the payload without it";
  }

  void skipAll() {
    at = text.length();
  }

  void skipSpace() {
    while (!atEnd() && isSpace(peek())) {
      at++;
    }
  }

  void skipSpaceAndCommas() {
    while (!atEnd() && (isSpace(peek()) || peek() == ',')) {
      at++;
    }
  }

  /** Behind a value: to what ends it, or begins the next one without a comma. */
  void skipToSeparator() {
    while (!atEnd() && ",}]\"{[".indexOf(peek()) < 0) {
      at++;
    }
  }

  /** An escape within a text, itself escaped where JSON has none such. */
  String takeEscape() {
    int end = at + 2;
    if (end <= text.length()) {
      char kind = text.charAt(at + 1);
      if (kind == 'u') {
        end = at + 6;
      }
      boolean known = "\"\\/bfnrt".indexOf(kind) >= 0 || (kind == 'u' && areHex(at + 2, end));
      if (known) {
        String escape = text.substring(at, end);
        at = end;
        return escape;
      }
    }
    at++;
    return "\\\\";
  }

  private boolean areHex(int from, int to) {
    for (int i = from; i < to; i++) {
      if (i >= text.length() || Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A character within a text, escaped where JSON needs it so. */
  String takeCharacter() {
    char next = take();
    return next < ' ' ? String.format("\\u%04x", (int) next) : String.valueOf(next);
  }

  /**
   * What is no text, object or array, up to what ends it. A comma within an object that no name
   * follows is one within the value: {@code 5,3}.
   */
  String takeToken(boolean inObject) throws BadPayloadException {
    int start = at;
    while (true) {
      char next = peekInside();
      if (next == '{' || next == '[') {
        throw unexpected("a comma");
      }
      if (next == '}' || next == ']' || next == '"') {
        break;
      }
      if (next == ',' && !(inObject && Character.isDigit(afterComma()))) {
        break;
      }
      at++;
    }
    return text.substring(start, at).strip().replace("\0", "");
  }

  private char afterComma() {
    return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
  }

  /** What is no JSON value, up to the line's end or the next value. */
  String takeLine() {
    int start = at;
    while (!atEnd() && "\n{[".indexOf(peek()) < 0) {
      at++;
    }
    return Excerpt.of(text.substring(start, at).strip());
  }

  /** To the next line that begins with an object or array, or to the end. */
  void resumeAtLineAfter(int from) {
    at = from;
    while (!atEnd()) {
      at = text.indexOf('\n', at);
      if (at < 0) {
        at = text.length();
        return;
      }
      skipSpace();
      if (!atEnd() && (peek() == '{' || peek() == '[')) {
        return;
      }
    }
  }

  private static boolean isSpace(char character) {
    return character == ' '
        || character == '\t'
        || character == '\n'
        || character == '\r'
        || character == 0;
  }
}
