package localcloud.storage;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One object as a line: its name, a tab, its resource as JSON, which is read when it is asked for.
 * Without a resource the object is gone. No name holds an end of line (Google's documentation,
 * "Object names") and no JSON a tab: the last tab is the one between them.
 */
final class IndexLine {
  static final byte END = '\n';
  private static final byte TAB = '\t';

  /** Google's documentation, "Objects: list": names are in the order of their UTF-8 bytes. */
  static final Comparator<IndexLine> BY_NAME =
      (one, other) -> Arrays.compareUnsigned(one.name, other.name);

  private final byte[] line;
  private final byte[] name;

  private IndexLine(byte[] line, byte[] name) {
    this.line = line;
    this.name = name;
  }

  /** Of a whole line with its end. */
  static IndexLine of(byte[] line) {
    int tab = line.length - 1;
    while (tab > 0 && line[tab] != TAB) {
      tab--;
    }
    return new IndexLine(line, Arrays.copyOf(line, tab));
  }

  static IndexLine of(StorageObject object) throws IOException {
    return of(object.getName(), GsonFactory.getDefaultInstance().toString(object));
  }

  static IndexLine gone(String name) {
    return of(name, "");
  }

  private static IndexLine of(String name, String json) {
    return of((name + "\t" + json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    return line;
  }

  byte[] nameBytes() {
    return name;
  }

  String name() {
    return new String(name, StandardCharsets.UTF_8);
  }

  boolean isGone() {
    return line.length == name.length + 2;
  }

  /** A resource of the caller's own. */
  StorageObject object() {
    int start = name.length + 1;
    try {
      return GsonFactory.getDefaultInstance()
          .createJsonObjectParser()
          .parseAndClose(
              new ByteArrayInputStream(line, start, line.length - start),
              StandardCharsets.UTF_8,
              StorageObject.class);
    } catch (IOException broken) {
      throw new UncheckedIOException("the index's line of '" + name() + "' is broken", broken);
    }
  }
}
