package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import com.google.common.collect.Iterators;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bucket's objects by name, kept in two files, so that neither opening it nor its memory grows
 * with their number: {@code index}, a line for each object in the order of their names, and {@code
 * changes}, the lines since, of which the last of a name counts. After some thousand changes both
 * become a new index. Whenever the process ends, a change is there whole or not at all; a computer
 * that loses power is not provided for. Not safe for threads by itself.
 */
final class ObjectIndex {
  /** So many are read in some 10 ms; writing an index of 50,000 objects anew takes some 100 ms. */
  private static final long MOST_CHANGED_BYTES = 4 << 20;

  private final Path folder;
  private final Path index;
  private final Path changes;
  private final TreeMap<byte[], IndexLine> recent = new TreeMap<>(Arrays::compareUnsigned);
  private SortedLines sorted;
  private long length;
  private @Nullable Change last;

  private ObjectIndex(Path folder) throws IOException {
    this.folder = folder;
    index = folder.resolve("index");
    changes = folder.resolve("changes");
    sorted = SortedLines.open(index);
  }

  /**
   * The last line of the changes.
   *
   * @param at where it begins
   * @param before what stood under its name; null if nothing
   */
  private record Change(long at, @Nullable IndexLine before, IndexLine line) {}

  /** Opens what is in this folder; a change that was not written to its end is none. */
  static ObjectIndex open(Path folder) throws IOException {
    ObjectIndex opened = new ObjectIndex(folder);
    if (Files.exists(opened.changes)) {
      opened.replay(Files.readAllBytes(opened.changes));
    }
    return opened;
  }

  /** Begins with these, which are in the order of their names. */
  static void write(Path folder, Iterator<IndexLine> lines) throws IOException {
    Path fresh = folder.resolve("index.new");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
      while (lines.hasNext()) {
        out.write(lines.next().bytes());
      }
    }
    Files.move(fresh, folder.resolve("index"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes its files. */
  static void delete(Path folder) throws IOException {
    for (String file : List.of("index", "index.new", "changes")) {
      Files.deleteIfExists(folder.resolve(file));
    }
  }

  private void replay(byte[] text) throws IOException {
    int begin = 0;
    for (int at = 0; at < text.length; at++) {
      if (text[at] == IndexLine.END) {
        IndexLine line = IndexLine.of(Arrays.copyOfRange(text, begin, at + 1));
        remember(line);
        begin = at + 1;
      }
    }
    cut(begin);
  }

  private void remember(IndexLine line) {
    last = new Change(length, line(line.nameBytes()), line);
    recent.put(line.nameBytes(), line);
    length += line.bytes().length;
  }

  private void cut(long end) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(changes.toFile(), "rw")) {
      file.setLength(end);
    }
    length = end;
  }

  /** The last change since the index was written, if it put an object there. */
  @Nullable StorageObject lastPut() {
    return last == null || last.line().isGone() ? null : last.line().object();
  }

  /** What the last change took the place of, or took away. */
  @Nullable StorageObject lastReplaced() {
    return last == null || last.before() == null ? null : last.before().object();
  }

  /** Forgets the last change, which led to nothing. */
  ObjectIndex withoutLast() throws IOException {
    if (last != null) {
      cut(last.at());
    }
    return open(folder);
  }

  @Nullable StorageObject get(String name) {
    IndexLine line = line(name.getBytes(StandardCharsets.UTF_8));
    return line == null ? null : line.object();
  }

  private @Nullable IndexLine line(byte[] name) {
    IndexLine line = recent.containsKey(name) ? recent.get(name) : sorted.find(name);
    return line == null || line.isGone() ? null : line;
  }

  boolean isEmpty() {
    return !from("").hasNext();
  }

  /** All from this name on, in the order of their names; until the next change. */
  Iterator<IndexLine> from(String name) {
    byte[] start = name.getBytes(StandardCharsets.UTF_8);
    Iterator<IndexLine> rest =
        Iterators.filter(sorted.from(start), line -> !recent.containsKey(line.nameBytes()));
    Iterator<IndexLine> changed = recent.tailMap(start, true).values().iterator();
    return Iterators.filter(
        Iterators.mergeSorted(List.of(rest, changed), IndexLine.BY_NAME), line -> !line.isGone());
  }

  void put(StorageObject object) throws IOException {
    append(IndexLine.of(object));
  }

  void remove(String name) throws IOException {
    append(IndexLine.gone(name));
  }

  private void append(IndexLine line) throws IOException {
    try {
      Files.write(changes, line.bytes(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException full) {
      cut(length);
      throw full;
    }
    remember(line);
  }

  /** Called between changes, when nothing of the last one is left to do. */
  void tidy() throws IOException {
    if (length < MOST_CHANGED_BYTES) {
      return;
    }
    write(folder, from(""));
    sorted = SortedLines.open(index);
    Files.delete(changes);
    recent.clear();
    length = 0;
    last = null;
  }
}
