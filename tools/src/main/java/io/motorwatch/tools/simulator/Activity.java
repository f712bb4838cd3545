package io.motorwatch.tools.simulator;

/** What a motor does during a stretch of an episode; between episodes it runs under its load. */
enum Activity {
  /** Switched off: no current, the rotor coasts. */
  STOPPED,
  /** Gathering speed with 6 to 7 times its rated current. */
  INRUSH,
  /** More load than the nameplate says. */
  OVERLOADED,
  /** Between reset (1.15) and level (1.2): an overload goes on, none begins. */
  HALF_RELIEVED,
  /** Below reset: an overload ends. */
  RELIEVED,
  /** The rotor is held fast while running. */
  JAMMED,
  /** The rotor is held fast from the start. */
  LOCKED,
  /** Runs on overloaded, but publishes nothing. */
  UNHEARD
}
