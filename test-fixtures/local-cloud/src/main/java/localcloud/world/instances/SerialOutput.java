package localcloud.world.instances;

import com.google.protobuf.ByteString;

/**
 * What a machine's first serial port remembers: the last mebibyte of what it said
 * (instances.getSerialPortOutput: "1 MB of the most recent output").
 *
 * @param start the position of its first byte, counted from the first that the port ever said
 * @param bytes all from there on
 */
public record SerialOutput(long start, ByteString bytes) {
  /** How many bytes are remembered. */
  public static final int REMEMBERED = 1 << 20;

  /** A port that has said nothing. */
  static final SerialOutput NOTHING = new SerialOutput(0, ByteString.EMPTY);

  /** All that was ever said, cut to what is remembered. */
  public static SerialOutput of(String said) {
    ByteString all = ByteString.copyFromUtf8(said);
    return new SerialOutput(0, all).from(Math.max(0, all.size() - REMEMBERED));
  }

  /** The position of the next byte, whether or not it has been said yet. */
  public long next() {
    return start + bytes.size();
  }

  /**
   * The part from this position on, or from the oldest byte that is left: "the start position is
   * adjusted to the oldest output still available".
   *
   * @param position negative for that many of the most recent bytes
   */
  public SerialOutput from(long position) {
    long wanted = position < 0 ? next() + position : position;
    long first = Math.min(next(), Math.max(start, wanted));
    return new SerialOutput(first, bytes.substring((int) (first - start)));
  }

  /** As text; what is not UTF-8 becomes U+FFFD. */
  public String text() {
    return bytes.toStringUtf8();
  }
}
