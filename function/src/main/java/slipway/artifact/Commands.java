package slipway.artifact;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import slipway.fault.Printable;
import slipway.upload.Upload;

/**
 * The shell commands that mend an upload, with its own names in them.
 *
 * @param file the tarball's file name, quoted for the shell
 * @param url where it was uploaded to, quoted for the shell
 */
public record Commands(String file, String url) {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._/:@%+=,-]+");

  /** For the file that was uploaded, and the folder it was uploaded to. */
  public static Commands of(Upload upload) {
    int slash = upload.object().lastIndexOf('/') + 1;
    String file = upload.object().substring(slash);
    String url = "gs://" + upload.bucket() + "/" + upload.object().substring(0, slash);
    return new Commands(path(file), quoted(url));
  }

  /** Packs disk.raw as Compute Engine documents it, and uploads it. */
  public String pack() {
    return pack(file);
  }

  /** The same under another file name. */
  public String pack(String newFile) {
    return "tar --format=oldgnu -Sczf " + newFile + " disk.raw && " + send(newFile);
  }

  /** For a link: packs the file that it leads to. */
  public String packFollowing() {
    return "tar --format=oldgnu --dereference --hard-dereference -Sczf "
        + file
        + " disk.raw && "
        + send();
  }

  /** macOS's tar is bsdtar, which calls the format gnutar and adds AppleDouble members. */
  public String packOnMac() {
    return "COPYFILE_DISABLE=1 tar --format=gnutar -czf " + file + " disk.raw && " + send();
  }

  /** Uploads the file as it stands. */
  public String send() {
    return send(file);
  }

  /** Uploads another file to the same place. */
  public String send(String newFile) {
    return "gsutil cp " + newFile + " " + url;
  }

  /** The same with this metadata. */
  public String send(Map<String, String> metadata) {
    String headers =
        new TreeMap<>(metadata)
            .entrySet().stream()
                .map(one -> "-h " + quoted("x-goog-meta-" + one.getKey() + ":" + one.getValue()))
                .map(header -> header + " ")
                .collect(joining());
    return "gsutil " + headers + "cp " + file + " " + url;
  }

  /** Signs the file as it stands, and uploads it with its signature. */
  public String sign() {
    return "gsutil -h \"x-goog-meta-signature:$(openssl dgst -sha256 -sign signing-key.pem "
        + file
        + " | openssl base64 -A)\" cp "
        + file
        + " "
        + url;
  }

  /** Guards a file name that a program would take for an option, or tar for one on another host. */
  public static String path(String file) {
    return quoted(file.startsWith("-") || file.contains(":") ? "./" + file : file);
  }

  /** Guards a word against the shell, and a terminal against the word. */
  public static String quoted(String foreign) {
    String word = Printable.whole(foreign);
    return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
