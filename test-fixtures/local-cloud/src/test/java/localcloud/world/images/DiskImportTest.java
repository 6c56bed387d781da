package localcloud.world.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import localcloud.world.refusals.OperationFailed;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskImportTest {
  private static final String NOT_AN_IMAGE = "The tar archive is not a valid image.";
  private static final String WRONG_FORMAT =
      "The tar archive format is not supported. Supported formats are: GNU and OLDGNU.";

  @TempDir Path folder;
  private Disks disks;
  private Path imported;

  @BeforeEach
  void prepare() {
    disks = new Disks(folder);
    imported = folder.resolve("images/1.raw");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=oldgnu", "--format=gnu"})
  void takesASparseDiskOfManyExtents(String format) throws Exception {
    Path disk = disks.disk("many", Disks.GIB, "SLIPWAY-SIM {}");
    scatter(disk, 120);
    DiskImport.Imported done = read(disks.tar(disk, "-S", format, "disk.raw"));
    assertThat(done.diskGib()).isEqualTo(1);
    assertThat(done.archiveBytes()).isEqualTo(Files.size(folder.resolve("many.tar.gz")));
    assertThat(Files.mismatch(disk, imported)).isEqualTo(-1);
  }

  @Test
  void takesADiskThatIsNotSparseAndKeepsItSparse() throws Exception {
    Path disk = disks.disk("plain", Disks.GIB, "SLIPWAY-SIM {}");
    read(disks.tar(disk, "--format=gnu", "disk.raw"));
    assertThat(Files.mismatch(disk, imported)).isEqualTo(-1);
    assertThat(allocated(imported)).isLessThan(10L << 20);
  }

  @Test
  void takesASparseDiskOfTenGib() throws Exception {
    Path disk = disks.disk("ten", 10 * Disks.GIB, "SLIPWAY-SIM {}");
    scatter(disk, 50);
    DiskImport.Imported done = read(disks.tar(disk, "-S", "--format=oldgnu", "disk.raw"));
    assertThat(done.diskGib()).isEqualTo(10);
    assertThat(Files.size(imported)).isEqualTo(10 * Disks.GIB);
  }

  /** Octal digits, base 256 of 12 bytes, or nothing, in fields that are none of them. */
  @ParameterizedTest
  @ValueSource(ints = {124, 386, 398, 483})
  void refusesNumbersThatAreNone(int field) throws Exception {
    Path disk = disks.disk("number", Disks.GIB, "SLIPWAY-SIM {}");
    byte[] archive = gunzip(disks.tar(disk, "-S", "--format=oldgnu", "disk.raw"));
    byte[][] numbers = {new byte[12], "99999999999\0".getBytes(UTF_8), new byte[12], new byte[12]};
    Arrays.fill(numbers[2], (byte) 0xff);
    numbers[3][0] = (byte) 0x80;
    numbers[3][1] = (byte) 0x7f;
    for (byte[] number : numbers) {
      byte[] damaged = archive.clone();
      System.arraycopy(number, 0, damaged, field, number.length);
      long sum = TarUtils.computeCheckSum(blanked(damaged));
      TarUtils.formatCheckSumOctalBytes(sum, damaged, 148, 8);
      refuses(gzip(damaged), NOT_AN_IMAGE);
    }
  }

  private static byte[] blanked(byte[] archive) {
    byte[] header = Arrays.copyOf(archive, 512);
    Arrays.fill(header, 148, 156, (byte) ' ');
    return header;
  }

  private static byte[] gunzip(Path tarball) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(tarball))) {
      return in.readAllBytes();
    }
  }

  private Path gzip(byte[] archive) throws IOException {
    Path tarball = folder.resolve("damaged.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tarball))) {
      out.write(archive);
    }
    return tarball;
  }

  @ParameterizedTest
  @ValueSource(strings = {"posix", "ustar", "v7"})
  void refusesOtherFormats(String format) throws Exception {
    Path disk = disks.disk("format", Disks.GIB, "");
    refuses(disks.tar(disk, "--format=" + format, "disk.raw"), WRONG_FORMAT);
  }

  @Test
  void refusesAnotherName() throws Exception {
    Path disk = disks.disk("name", Disks.GIB, "");
    Files.move(disk, disk.resolveSibling("output.img"));
    refuses(
        disks.tar(disk, "-S", "--format=oldgnu", "output.img"),
        "The file inside the tar archive was named ''output.img''."
            + " It should be named ''disk.raw''.");
  }

  @Test
  void refusesAPathBeforeTheName() throws Exception {
    Path disk = disks.disk("path", Disks.GIB, "");
    refuses(
        disks.tar(disk, "-S", "--format=oldgnu", "./disk.raw"),
        "The file inside the tar archive was named ''./disk.raw''."
            + " It should be named ''disk.raw''.");
  }

  @Test
  void refusesMoreThanOneMember() throws Exception {
    Path disk = disks.disk("two", Disks.GIB, "");
    Files.writeString(disk.resolveSibling("readme"), "hello");
    refuses(disks.tar(disk, "-S", "--format=oldgnu", "disk.raw", "readme"), NOT_AN_IMAGE);
  }

  @Test
  void refusesALink() throws Exception {
    Path disk = disks.disk("link", Disks.GIB, "");
    Files.move(disk, disk.resolveSibling("real.raw"));
    Files.createSymbolicLink(disk, Path.of("real.raw"));
    refuses(disks.tar(disk, "--format=oldgnu", "disk.raw"), NOT_AN_IMAGE);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20, Disks.GIB + 512})
  void refusesASizeThatIsNotWholeGib(long size) throws Exception {
    Path disk = disks.disk("size", 2 << 20, "");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(size);
    }
    refuses(disks.tar(disk, "-S", "--format=oldgnu", "disk.raw"), NOT_AN_IMAGE);
  }

  @Test
  void refusesATruncatedTarball() throws Exception {
    Path disk = disks.disk("short", Disks.GIB, "");
    scatter(disk, 20);
    Path tarball = disks.tar(disk, "-S", "--format=oldgnu", "disk.raw");
    byte[] bytes = Files.readAllBytes(tarball);
    for (int length : new int[] {0, 5, 100, bytes.length / 2, bytes.length - 4}) {
      Files.write(tarball, Arrays.copyOf(bytes, length));
      refuses(tarball, NOT_AN_IMAGE);
    }
  }

  @Test
  void refusesAFlippedBit() throws Exception {
    Path disk = disks.disk("flip", Disks.GIB, "");
    scatter(disk, 20);
    Path tarball = disks.tar(disk, "-S", "--format=oldgnu", "disk.raw");
    byte[] bytes = Files.readAllBytes(tarball);
    bytes[bytes.length / 2] ^= 4;
    Files.write(tarball, bytes);
    refuses(tarball, NOT_AN_IMAGE);
  }

  @Test
  void refusesWhatIsNoGzip() throws Exception {
    Path disk = disks.disk("bare", Disks.GIB, "");
    Path tar = folder.resolve("bare.tar");
    Disks.run(
        Disks.home(disk), List.of("tar", "-cSf", tar.toString(), "--format=oldgnu", "disk.raw"));
    refuses(tar, NOT_AN_IMAGE);
  }

  private void refuses(Path tarball, String text) {
    assertThatThrownBy(() -> read(tarball))
        .isInstanceOfSatisfying(
            OperationFailed.class,
            refused -> assertThat(refused.code()).isEqualTo("INVALID_IMAGE_TAR"))
        .hasMessage(text);
    assertThat(imported).doesNotExist();
  }

  private DiskImport.Imported read(Path tarball) throws IOException {
    try (InputStream in = Files.newInputStream(tarball)) {
      return DiskImport.read(in, imported);
    }
  }

  private static void scatter(Path disk, int pieces) throws IOException {
    Random random = new Random(7);
    byte[] piece = new byte[5000];
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      long gap = file.length() / (pieces + 1);
      for (int i = 1; i <= pieces; i++) {
        random.nextBytes(piece);
        file.seek(i * gap / 4096 * 4096);
        file.write(piece);
      }
    }
  }

  private static long allocated(Path file) throws IOException, InterruptedException {
    Process du = new ProcessBuilder("du", "-B1", file.toString()).start();
    String said =
        new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(du.waitFor()).isZero();
    return Long.parseLong(said.split("\\s")[0]);
  }
}
