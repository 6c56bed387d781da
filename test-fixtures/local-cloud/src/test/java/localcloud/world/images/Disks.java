package localcloud.world.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Disks for simulated machines, and their tarballs as the real GNU tar makes them. */
public final class Disks implements ObjectSource {
  public static final long GIB = 1L << 30;
  private final Path folder;
  private final Map<String, Path> objects = new HashMap<>();

  public Disks(Path folder) {
    this.folder = folder;
  }

  /** A sparse disk of this size with a boot signature and, at 1 MiB, this line. */
  public Path disk(String name, long size, String line) throws IOException {
    Path disk = Files.createDirectories(folder.resolve(name)).resolve("disk.raw");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(size);
      file.seek(510);
      file.write(new byte[] {0x55, (byte) 0xaa});
      file.seek(1 << 20);
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return disk;
  }

  /** Runs tar in the disk's folder with these arguments after the archive's name. */
  public Path tar(Path disk, String... arguments) throws IOException, InterruptedException {
    Path home = home(disk);
    Path tarball = folder.resolve(home.getFileName() + ".tar.gz");
    List<String> command = new ArrayList<>(List.of("tar", "-czf", tarball.toString()));
    command.addAll(List.of(arguments));
    run(home, command);
    return tarball;
  }

  public static Path home(Path disk) {
    return Objects.requireNonNull(disk.getParent(), "every disk has a folder");
  }

  public static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed: " + said);
    }
  }

  /** Uploads a good tarball whose machine behaves like this; returns its URL. */
  public String uploadSimulated(String name, String json) throws IOException, InterruptedException {
    return uploadSimulated(name, 1, json);
  }

  /** The same of a disk of so many GiB. */
  public String uploadSimulated(String name, int gib, String json)
      throws IOException, InterruptedException {
    Path disk = disk(name, gib * GIB, "SLIPWAY-SIM " + json);
    return upload(name + ".tar.gz", tar(disk, "-S", "--format=oldgnu", "disk.raw"));
  }

  public String upload(String object, Path file) {
    objects.put("tarballs/" + object, file);
    return "https://storage.googleapis.com/tarballs/" + object;
  }

  @Override
  public Optional<InputStream> open(String bucket, String object) throws IOException {
    Path file = objects.get(bucket + "/" + object);
    return file == null ? Optional.empty() : Optional.of(Files.newInputStream(file));
  }
}
