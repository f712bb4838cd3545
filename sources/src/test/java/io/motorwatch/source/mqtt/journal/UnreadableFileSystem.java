package io.motorwatch.source.mqtt.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The local file system where a process has no file descriptors left, or not the rights. */
final class UnreadableFileSystem extends LocalFileSystem {

  boolean lists = true;
  boolean opens = true;

  /** A listing that is behind. */
  boolean showsClaims = true;

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] all = lists ? super.listStatus(path) : null;
    return all == null || showsClaims
        ? all
        : Arrays.stream(all)
            .filter(file -> !file.getPath().getName().endsWith(".claim"))
            .toArray(FileStatus[]::new);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    if (!opens) {
      throw new FileNotFoundException(path + " (Too many open files)");
    }
    return super.open(path);
  }
}
