package localcloud.world.images;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import localcloud.world.refusals.OperationFailed;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Reads a tarball as Compute Engine does, and writes the disk in it to a sparse file. */
final class DiskImport {
  private static final int CHUNK = 1 << 16;
  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

  /** What became of a tarball. */
  record Imported(Path disk, long diskGib, long archiveBytes) {}

  private final Counting archive;
  private final Path disk;

  private DiskImport(InputStream archive, Path disk) {
    this.archive = new Counting(archive);
    this.disk = disk;
  }

  /**
   * Takes the one member disk.raw out of a gzipped GNU tar archive; on failure no file is left.
   *
   * @throws OperationFailed INVALID_IMAGE_TAR, where the tarball is at fault
   * @throws IOException if the object or the disk file cannot be read or written
   */
  static Imported read(InputStream archive, Path disk) throws IOException {
    DiskImport reading = new DiskImport(archive, disk);
    boolean done = false;
    try {
      Imported imported = reading.run();
      done = true;
      return imported;
    } catch (EOFException | ZipException | IllegalArgumentException bad) {
      throw ImageTar.invalid();
    } finally {
      if (!done) {
        Files.deleteIfExists(disk);
      }
    }
  }

  private Imported run() throws IOException {
    try (InputStream tar = new BufferedInputStream(new GZIPInputStream(archive, CHUNK), CHUNK)) {
      TarHeader header = TarHeader.read(tar);
      Files.createDirectories(disk.getParent());
      write(header, tar);
      tar.skipNBytes((BLOCK - header.stored() % BLOCK) % BLOCK);
      refuseMore(tar);
      return new Imported(disk, header.size() / ImageTar.GIB, archive.count);
    }
  }

  private void write(TarHeader header, InputStream tar) throws IOException {
    byte[] chunk = new byte[CHUNK];
    byte[] zeros = new byte[CHUNK];
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(header.size());
      for (TarArchiveStructSparse extent : header.extents()) {
        long left = extent.getNumbytes();
        for (long at = extent.getOffset(); left > 0; at += CHUNK, left -= CHUNK) {
          int length = (int) Math.min(CHUNK, left);
          if (tar.readNBytes(chunk, 0, length) < length) {
            throw ImageTar.invalid();
          }
          if (!Arrays.equals(chunk, 0, length, zeros, 0, length)) {
            file.seek(at);
            file.write(chunk, 0, length);
          }
        }
      }
    }
  }

  /** Nothing but zeros may follow; reading on lets gzip compare its checksum. */
  private static void refuseMore(InputStream tar) throws IOException {
    byte[] chunk = new byte[CHUNK];
    byte[] zeros = new byte[CHUNK];
    for (int read = tar.read(chunk); read >= 0; read = tar.read(chunk)) {
      if (!Arrays.equals(chunk, 0, read, zeros, 0, read)) {
        throw ImageTar.invalid();
      }
    }
  }

  /** Counts, and never claims to be at its end: the JDK then looks for further gzip members. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count += Math.max(0, read);
      return read;
    }

    @Override
    public int available() {
      return 1;
    }
  }
}
