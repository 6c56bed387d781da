package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How 0.1 kept a bucket's objects: a file for each, {@code objects/<hash of the name>.json}. */
final class FormerObjects {
  private FormerObjects() {}

  /** Makes an index of them, if there are any. */
  static void takeOver(Path folder) throws IOException {
    Path objects = folder.resolve("objects");
    if (!Files.exists(objects)) {
      return;
    }
    List<Path> files = BucketFolder.list(objects);
    if (!Files.exists(folder.resolve("index"))) {
      ObjectIndex.write(folder, lines(files).iterator());
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(objects);
  }

  private static List<IndexLine> lines(List<Path> files) throws IOException {
    List<IndexLine> lines = new ArrayList<>();
    for (Path file : files) {
      if (file.toString().endsWith(".json")) {
        lines.add(IndexLine.of(WholeFile.read(file, StorageObject.class)));
      }
    }
    lines.sort(IndexLine.BY_NAME);
    return lines;
  }
}
