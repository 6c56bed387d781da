package localcloud.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Breaks after so many bytes, where a {@link LimitedStream} would end. */
final class CutStream extends FilterInputStream {
  private final LimitedStream limited;
  private final boolean whole;

  private CutStream(LimitedStream limited, boolean whole) {
    super(limited);
    this.limited = limited;
    this.whole = whole;
  }

  /** Never comes to its end: one that is shorter breaks where it ends. */
  static CutStream ofAnswer(InputStream in, long length) {
    return new CutStream(new LimitedStream(in, length), false);
  }

  /** One that is shorter comes whole. */
  static CutStream ofRequest(InputStream in, long length) {
    return new CutStream(new LimitedStream(in, length), true);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read < 0 && (limited.isFull() || !whole)) {
      throw new Cut();
    }
    return read;
  }
}
