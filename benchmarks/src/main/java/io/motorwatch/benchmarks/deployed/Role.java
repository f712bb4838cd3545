package io.motorwatch.benchmarks.deployed;

/** Which process. */
enum Role {
  GENERATOR("generator"),
  BROKER("broker"),
  JOB("job"),
  DATABASE("database");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** Its name in results. */
  String word() {
    return word;
  }
}
