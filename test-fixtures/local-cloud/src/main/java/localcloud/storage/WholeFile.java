package localcloud.storage;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small files that are there whole or not at all, whenever the process ends. */
final class WholeFile {
  private WholeFile() {}

  static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static void write(Path file, GenericJson resource) throws IOException {
    write(file, GsonFactory.getDefaultInstance().toPrettyString(resource));
  }

  static <T> T read(Path file, Class<T> type) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return GsonFactory.getDefaultInstance()
          .createJsonObjectParser()
          .parseAndClose(in, StandardCharsets.UTF_8, type);
    }
  }
}
