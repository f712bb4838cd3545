package io.motorwatch.benchmarks.detection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A public set of labelled recordings: which files it has, what is learned from and what is scored.
 * Its pattern file is {@code conf/detection/}<i>folder</i>{@code .yaml}.
 */
interface LabelledSet {

  /** Its name in results. */
  String name();

  /** The name of its folder and its pattern file. */
  String folder();

  /** How results are got, in a few words without quotes and commas. */
  String method();

  /**
   * Reads its recordings.
   *
   * @param folder that exists
   * @return each for a device of its own; empty where the folder has none
   * @throws IOException with the file that is not as expected
   */
  List<LabelledRows> recordings(Path folder) throws IOException;
}
