package tarballs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.zip.Deflater;

/**
 * A disk full of what looks like files, for measuring: of each 4 KiB a quarter is noise, as what is
 * already compressed; an eighth is zeros; the rest is words, some far more frequent than others. As
 * a whole it compresses to about a half. 64 different MiB come again and again, too far apart for
 * gzip to notice.
 */
public final class FilledDisk {
  private static final int PAGE = 4096;
  private static final int BLOCKS = 64;
  private static final int WORDS = 4096;
  private static final int MOST_LETTERS = 12;
  private static final int SPARSENESS = 8;

  private final SplittableRandom random = new SplittableRandom(2016);
  private final List<byte[]> words = new ArrayList<>();

  private FilledDisk() {
    for (int i = 0; i < WORDS; i++) {
      byte[] word = new byte[2 + random.nextInt(MOST_LETTERS)];
      for (int j = 0; j < word.length - 1; j++) {
        word[j] = (byte) ('a' + Math.min(random.nextInt(26), random.nextInt(26)));
      }
      word[word.length - 1] = ' ';
      words.add(word);
    }
  }

  /**
   * Writes the tarball of a disk of so many GiB as GNU tar and gzip make it.
   *
   * @param sparse by tar -S, and of a disk of which an eighth is full, a MiB here and there
   */
  public static void write(int gib, boolean sparse, OutputStream out) throws IOException {
    long size = Math.multiplyExact(gib, Disk.GIB);
    int each = sparse ? SPARSENESS : 1;
    BufferedOutputStream buffered = new BufferedOutputStream(out, Disk.MIB);
    GzipFile gzip = GzipFile.start(buffered, GzipFile.header(), Deflater.DEFAULT_COMPRESSION);
    TarFile tar = new TarFile(gzip);
    long stored = size / each;
    if (each == 1) {
      tar.header(MemberHeader.disk('0', size));
    } else {
      tar.sparseHeader(stored, size, TarFile.map(disk(size, each)));
    }
    new FilledDisk().fill(stored / Disk.MIB, gzip);
    tar.wrote(stored).end();
    gzip.finish();
    buffered.flush();
  }

  private static Disk disk(long size, int each) {
    List<Disk.Run> runs =
        LongStream.range(0, size / Disk.MIB / each)
            .mapToObj(i -> new Disk.Run(i * each * Disk.MIB, Disk.MIB))
            .toList();
    return new Disk(size, runs, (offset, to, length) -> {});
  }

  private void fill(long count, GzipFile gzip) throws IOException {
    List<GzipFile.Block> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(gzip.block(mib()));
    }
    byte[] first = blocks.get(0).bytes().clone();
    System.arraycopy(Disk.bootSector(), 0, first, 0, Disk.SECTOR);
    gzip.write(gzip.block(first));
    for (long i = 1; i < count; i++) {
      gzip.write(blocks.get((int) (i % BLOCKS)));
    }
  }

  private byte[] mib() {
    byte[] bytes = new byte[Disk.MIB];
    for (int at = 0; at < bytes.length; at += PAGE) {
      int kind = random.nextInt(8);
      if (kind < 2) {
        noise(bytes, at);
      } else if (kind > 2) {
        words(bytes, at);
      }
    }
    return bytes;
  }

  private void noise(byte[] bytes, int from) {
    for (int at = from; at < from + PAGE; at++) {
      bytes[at] = (byte) random.nextInt();
    }
  }

  private void words(byte[] bytes, int from) {
    int at = from;
    while (at < from + PAGE) {
      int rank = (int) (WORDS * Math.pow(random.nextDouble(), 3));
      byte[] word = words.get(rank);
      int count = Math.min(word.length, from + PAGE - at);
      System.arraycopy(word, 0, bytes, at, count);
      at += count;
    }
  }
}
