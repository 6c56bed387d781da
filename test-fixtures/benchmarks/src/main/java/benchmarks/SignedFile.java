package benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import slipway.artifact.Limits;
import slipway.artifact.Verifier;
import slipway.settings.SigningKey;
import slipway.upload.Upload;

/** A tarball on disk with what a bucket and an uploader say of it, signed by a fresh key. */
final class SignedFile {
  static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_DISK_GIB = 10;

  private final Path file;
  private final Upload upload;
  private final SigningKey key;

  private SignedFile(Path file, Upload upload, SigningKey key) {
    this.file = file;
    this.upload = upload;
    this.key = key;
  }

  /** Reads the file once. */
  static SignedFile of(Path file, String bucket, long generation)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sha256.update(buffer, 0, count);
        crc.update(buffer, 0, count);
      }
    }
    Signature signature = Signature.getInstance("NONEwithECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(sha256.digest());
    Upload upload =
        new Upload(
            bucket,
            file.getFileName().toString(),
            generation,
            Instant.EPOCH,
            Files.size(file),
            base64(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array()),
            null,
            Map.of("signature", base64(signature.sign())));
    SigningKey key = new SigningKey((ECPublicKey) pair.getPublic(), "sha256:of a benchmark");
    return new SignedFile(file, upload, key);
  }

  Upload upload() {
    return upload;
  }

  InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  /** The function's own proof, signature and all; returns how long it took. */
  double proveSeconds(InputStream bytes) throws IOException {
    Stopwatch watch = Stopwatch.start();
    new Verifier(new Limits(MAX_DISK_GIB, () -> false), List.of(key)).verify(upload, bytes);
    return watch.seconds();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
