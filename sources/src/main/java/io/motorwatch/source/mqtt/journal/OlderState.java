package io.motorwatch.source.mqtt.journal;

/**
 * What to do with a state that is older than the journal goes back: with newer checkpoints
 * completed, messages it needs were freed.
 */
public enum OlderState {
  /** The job fails for good, and says which states can be resumed. */
  REFUSE,

  /** It goes on without these messages; their number is logged, and counted as lost. */
  ACCEPT
}
