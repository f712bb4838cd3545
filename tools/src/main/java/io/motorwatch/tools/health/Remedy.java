package io.motorwatch.tools.health;

/**
 * Something that is wrong with the alarms, and what would mend it.
 *
 * @param kind a word for programs: chattering, fleeting, bad-actor, stale
 * @param pattern the pattern
 * @param problem what was seen, in words
 * @param change what to change, in words, with the keys of the pattern file
 * @param spared how many of the alarms would not have been raised; 0 where that cannot be said
 */
public record Remedy(String kind, String pattern, String problem, String change, int spared) {}
