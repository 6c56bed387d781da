package localcloud.storage;

import com.google.common.collect.AbstractIterator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A file of lines in the order of their names, searched where it lies: nothing is read before. */
final class SortedLines {
  private final ByteBuffer text;

  private SortedLines(ByteBuffer text) {
    this.text = text;
  }

  /**
   * Of this file, which is empty if it is not there.
   *
   * @throws IOException also if it is larger than 2 GiB, some two million objects
   */
  static SortedLines open(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new SortedLines(ByteBuffer.allocate(0));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException(
            file
                + ": expected at most 2 GiB, found "
                + channel.size()
                + " bytes: spread the objects over more buckets");
      }
      return new SortedLines(channel.map(MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  @Nullable IndexLine find(byte[] name) {
    int at = seek(name);
    if (at == text.limit()) {
      return null;
    }
    IndexLine found = line(at);
    return Arrays.equals(found.nameBytes(), name) ? found : null;
  }

  /** All lines from this name on. */
  Iterator<IndexLine> from(byte[] name) {
    return new AbstractIterator<>() {
      private int at = seek(name);

      @Override
      protected @Nullable IndexLine computeNext() {
        if (at == text.limit()) {
          return endOfData();
        }
        IndexLine line = line(at);
        at += line.bytes().length;
        return line;
      }
    };
  }

  /** Where the first line begins whose name is this or behind it. */
  private int seek(byte[] name) {
    int low = 0;
    int high = text.limit();
    while (low < high) {
      int middle = beginOf((low + high) >>> 1);
      IndexLine line = line(middle);
      if (Arrays.compareUnsigned(line.nameBytes(), name) < 0) {
        low = middle + line.bytes().length;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Of the line that holds this byte. */
  private int beginOf(int at) {
    int begin = at;
    while (begin > 0 && text.get(begin - 1) != IndexLine.END) {
      begin--;
    }
    return begin;
  }

  private IndexLine line(int begin) {
    int end = begin;
    while (text.get(end) != IndexLine.END) {
      end++;
    }
    byte[] line = new byte[end + 1 - begin];
    text.get(begin, line);
    return IndexLine.of(line);
  }
}
