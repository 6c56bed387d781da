package slipway.artifact;

import java.util.List;
import java.util.Locale;
import slipway.fault.Finding;
import slipway.fault.Printable;
import slipway.fault.Rejection;
import slipway.upload.Commands;
import slipway.upload.Upload;

/** What can be told of an upload before a byte of it is read. */
final class ObjectCheck {
  private static final String SUFFIX = ".tar.gz";

  /** Endings that people upload instead, each with the command that yields disk.raw from it. */
  private static final List<Ending> OTHERS =
      List.of(
          new Ending(".tar.xz", "tar -xJf %s && "),
          new Ending(".tar.bz2", "tar -xjf %s && "),
          new Ending(".tar.zst", "tar --zstd -xf %s && "),
          new Ending(".tar", "tar -xf %s && "),
          new Ending(".zip", "unzip %s disk.raw && "),
          new Ending(".raw.gz", "gunzip < %s > disk.raw && "),
          new Ending(".img.gz", "gunzip < %s > disk.raw && "),
          new Ending(".raw", "cp --sparse=always %s disk.raw && "),
          new Ending(".img", "cp --sparse=always %s disk.raw && "),
          new Ending(".qcow2", "qemu-img convert -O raw %s disk.raw && "),
          new Ending(".vmdk", "qemu-img convert -O raw %s disk.raw && "));

  private ObjectCheck() {}

  /** Throws the refusal for a wrong name, a Content-Encoding or no bytes at all. */
  static void check(Upload upload, Subject subject) {
    String object = upload.object();
    if (!object.endsWith(SUFFIX) || object.endsWith("/" + SUFFIX) || object.equals(SUFFIX)) {
      throw wrongName(object, subject);
    }
    String encoding = upload.contentEncoding();
    if (encoding != null && !encoding.isEmpty()) {
      throw subject.refuse(
          Reason.CONTENT_ENCODING,
          new Finding(
              "the Content-Encoding",
              "none, so that Compute Engine reads the bytes as they are stored",
              Printable.of(encoding)),
          subject.commands().send() + " # without -z, -Z, -j or -J");
    }
    if (upload.crc32c().isEmpty()) {
      throw subject.refuse(
          Reason.CUSTOMER_KEY,
          new Finding(
              "the encryption",
              "Cloud Storage's own keys, so that Compute Engine can read it",
              "a key of the uploader's, and no CRC32C"),
          subject.commands().send() + " # without an encryption key");
    }
    if (upload.sizeBytes() == 0) {
      throw subject.refuse(Reason.EMPTY, "the content", "a gzip-compressed tar", "0 bytes");
    }
  }

  private static Rejection wrongName(String object, Subject subject) {
    return subject.refuse(
        Reason.OBJECT_NAME,
        new Finding("the object name", "a name that ends in .tar.gz", Printable.of(object)),
        rename(object.substring(object.lastIndexOf('/') + 1), subject.commands()));
  }

  private static String rename(String file, Commands commands) {
    if (file.endsWith(".tgz")) {
      String renamed = Commands.path(stem(file, ".tgz") + SUFFIX);
      return "mv " + commands.file() + " " + renamed + " && " + commands.send(renamed);
    }
    for (Ending ending : OTHERS) {
      if (file.endsWith(ending.suffix())) {
        String renamed = Commands.path(stem(file, ending.suffix()) + SUFFIX);
        return String.format(Locale.ROOT, ending.unpack(), commands.file())
            + commands.pack(renamed);
      }
    }
    return commands.pack(Commands.path(stem(file, "") + SUFFIX));
  }

  private static String stem(String file, String suffix) {
    String stem = file.substring(0, file.length() - suffix.length());
    return stem.isEmpty() || stem.startsWith(".") ? "disk" + stem : stem;
  }

  private record Ending(String suffix, String unpack) {}
}
