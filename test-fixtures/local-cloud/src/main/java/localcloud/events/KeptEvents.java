package localcloud.events;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pending events, one file each, so that a restart loses none. */
final class KeptEvents {
  private final Path folder;

  KeptEvents(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Replaces the file as a whole: a crash leaves the old or the new one, never half of it. */
  void keep(PendingEvent event) throws IOException {
    Path file = file(event);
    Path fresh = folder.resolve(file.getFileName() + ".new");
    Files.writeString(fresh, event.toJson());
    Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  void forget(PendingEvent event) throws IOException {
    Files.deleteIfExists(file(event));
  }

  List<PendingEvent> all() throws IOException {
    List<PendingEvent> events = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        events.add(PendingEvent.fromJson(Files.readString(file)));
      }
    }
    return events;
  }

  private Path file(PendingEvent event) {
    return folder.resolve(event.key() + ".json");
  }
}
