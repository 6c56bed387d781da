package tarballs;

import java.io.IOException;

/** Takes an archive's bytes; knows a short way for long runs of zeros. */
interface Sink {
  void write(byte[] bytes, int length) throws IOException;

  void zeros(long count) throws IOException;

  default void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }
}
