package localcloud.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Breaks after so many bytes, where a {@link LimitedStream} would end. */
final class CutStream extends FilterInputStream {
  CutStream(InputStream in, long length) {
    super(new LimitedStream(in, length));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    read(one, 0, 1);
    return one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read < 0) {
      throw new Cut();
    }
    return read;
  }
}
