package slipway.artifact;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32C;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/** Uploads as the bucket would tell of them. */
final class Uploads {
  static final String OBJECT = "site-2.tar.gz";

  private Uploads() {}

  static Upload of(byte[] bytes) {
    return named(OBJECT, bytes);
  }

  static Upload named(String object, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Upload(
        "uploads", object, 17, Instant.EPOCH, bytes.length, base64(crc), null, Map.of());
  }

  static Upload of(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] buffer = new byte[1 << 16];
      int length;
      while ((length = in.read(buffer)) > 0) {
        crc.update(buffer, 0, length);
      }
    }
    return new Upload(
        "uploads", OBJECT, 17, Instant.EPOCH, Files.size(file), base64(crc), null, Map.of());
  }

  static byte[] bytes(Kind kind) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Tarball.write(kind, SimulatedDisk.healthy("2"), (OutputStream) out);
    return out.toByteArray();
  }

  static VerifiedArtifact verify(byte[] bytes) throws IOException {
    return verify(of(bytes), bytes);
  }

  static VerifiedArtifact verify(Upload upload, byte[] bytes) throws IOException {
    return new Verifier(new Limits(10, () -> false))
        .verify(upload, new ByteArrayInputStream(bytes));
  }

  static VerifiedArtifact verify(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Verifier(new Limits(10, () -> false)).verify(of(file), in);
    }
  }

  private static String base64(CRC32C crc) {
    byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
