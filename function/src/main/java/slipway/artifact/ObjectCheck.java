package slipway.artifact;

import slipway.fault.Printable;
import slipway.upload.Upload;

/** What can be told of an upload before a byte of it is read. */
final class ObjectCheck {
  static final String SUFFIX = ".tar.gz";

  private ObjectCheck() {}

  /** Looks at name, Content-Encoding, encryption and size. */
  static void check(Upload upload) {
    String object = upload.object();
    if (!object.endsWith(SUFFIX) || object.endsWith("/" + SUFFIX) || object.equals(SUFFIX)) {
      throw new Flaw(
          Reason.OBJECT_NAME,
          "the object name",
          "a name that ends in .tar.gz",
          Printable.of(object));
    }
    String encoding = upload.contentEncoding();
    if (encoding != null && !encoding.isEmpty()) {
      throw new Flaw(
          Reason.CONTENT_ENCODING,
          "the Content-Encoding",
          "none, so that Compute Engine reads the bytes as they are stored",
          Printable.of(encoding));
    }
    if (upload.crc32c().isEmpty()) {
      throw new Flaw(
          Reason.CUSTOMER_KEY,
          "the encryption",
          "Cloud Storage's own keys, so that Compute Engine can read it",
          "a key of the uploader's, and no CRC32C");
    }
    if (upload.sizeBytes() == 0) {
      throw new Flaw(Reason.EMPTY, "the content", "a gzip-compressed tar", "0 bytes");
    }
  }
}
