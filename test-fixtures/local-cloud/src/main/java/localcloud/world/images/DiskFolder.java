package localcloud.world.images;

import com.google.cloud.compute.v1.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The disks of the images, each in one sparse file. */
final class DiskFolder {
  private final Path folder;
  private final Executor importer;
  private final Map<String, Path> disks = new HashMap<>();

  /**
   * Empties the folder, or makes it.
   *
   * @param importer reads the tarballs
   */
  DiskFolder(Path folder, Executor importer) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.importer = importer;
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  /** Begins to read the disk out of the tarball; a tarball that is refused leaves no file. */
  CompletableFuture<DiskImport.Imported> read(InputStream tarball, long id) {
    Path disk = folder.resolve(id + ".raw");
    return CompletableFuture.supplyAsync(() -> read(tarball, disk), importer);
  }

  private static DiskImport.Imported read(InputStream tarball, Path disk) {
    try (tarball) {
      return DiskImport.read(tarball, disk);
    } catch (IOException e) {
      throw new UncheckedIOException("importing to " + disk, e);
    }
  }

  /** The same disk under another image's name: what machines write is never in it. */
  CompletableFuture<DiskImport.Imported> copy(Image source, long id) {
    Path disk = folder.resolve(id + ".raw");
    try {
      Files.createLink(disk, of(source.getName()).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException("copying to " + disk, e);
    }
    return CompletableFuture.completedFuture(
        new DiskImport.Imported(disk, source.getDiskSizeGb(), source.getArchiveSizeBytes()));
  }

  void keep(String image, Path disk) {
    disks.put(image, disk);
  }

  Optional<Path> of(String image) {
    return Optional.ofNullable(disks.get(image));
  }

  void remove(String image) {
    delete(disks.remove(image));
  }

  void delete(@Nullable Path disk) {
    try {
      if (disk != null) {
        Files.deleteIfExists(disk);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + disk, e);
    }
  }
}
