package localcloud.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Serves the parts of a multipart body one after the other: each ends before its boundary. */
final class BoundedReader extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final String boundary;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private byte[] delimiter = {};
  private int start;
  private int end;
  private int safe;
  private boolean inPart;

  BoundedReader(InputStream in, String boundary) {
    this.in = in;
    this.boundary = boundary;
  }

  /** Goes to the next part, and says whether there is one. */
  boolean nextPart() throws IOException {
    if (delimiter.length == 0) {
      firstBoundary();
    } else {
      transferTo(OutputStream.nullOutputStream());
      start += delimiter.length;
    }
    while (end - start < 2 && fill()) {}
    boolean closing = end - start >= 2 && buffer[start] == '-' && buffer[start + 1] == '-';
    if (!closing) {
      skipLine();
      // So that an empty part's boundary, right behind its headers' empty line, is seen.
      safe = start;
    }
    inPart = !closing;
    return inPart;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!inPart) {
      return -1;
    }
    while (safe == start && !findDelimiter()) {
      if (!fill()) {
        throw Multipart.bad("it ends without its closing boundary");
      }
    }
    if (safe == start) {
      inPart = false;
      return -1;
    }
    int count = Math.min(length, safe - start);
    System.arraycopy(buffer, start, into, offset, count);
    start += count;
    return count;
  }

  /**
   * Moves {@code safe} as far as the bytes surely belong to the part.
   *
   * @return whether anything is now known: more bytes, or that the part ends here
   */
  private boolean findDelimiter() {
    int last = end - delimiter.length;
    for (int at = start; at <= last; at++) {
      if (buffer[at] == delimiter[0] && isDelimiter(at)) {
        safe = at;
        return true;
      }
    }
    safe = Math.max(start, last + 1);
    return safe > start;
  }

  private boolean isDelimiter(int at) {
    for (int i = 1; i < delimiter.length; i++) {
      if (buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  /** The first boundary's line tells which line end this client uses. */
  private void firstBoundary() throws IOException {
    byte[] opening = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
    while (indexOfLineEnd() < 0) {
      if (!fill()) {
        throw Multipart.bad("it does not start with its boundary");
      }
    }
    int lineEnd = indexOfLineEnd();
    String line = new String(buffer, start, lineEnd - start, StandardCharsets.UTF_8);
    if (!line.strip().equals("--" + boundary)) {
      throw Multipart.bad("it starts with '" + line.strip() + "' and not with its boundary");
    }
    start += opening.length;
    String newline = line.endsWith("\r") ? "\r\n" : "\n";
    delimiter = (newline + "--" + boundary).getBytes(StandardCharsets.UTF_8);
  }

  private void skipLine() throws IOException {
    while (indexOfLineEnd() < 0) {
      if (!fill()) {
        throw Multipart.bad("a boundary's line does not end");
      }
    }
    start = indexOfLineEnd() + 1;
  }

  private int indexOfLineEnd() {
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    safe = Math.max(0, safe - start);
    start = 0;
    int read = end == buffer.length ? -1 : in.read(buffer, end, buffer.length - end);
    end += Math.max(0, read);
    return read > 0;
  }
}
