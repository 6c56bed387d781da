package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.fault.Rejection;
import slipway.upload.Upload;
import tarballs.Kind;

/** What is checked around the bytes: name, encoding, sums, size, time, and a lost connection. */
class UploadChecksTest {
  private static final Limits LIMITS = new Limits(10, () -> false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          site-2.zip       | unzip site-2.zip disk.raw && tar --format=oldgnu -Sczf site-2.tar.gz disk.raw
          site-2.tgz       | mv site-2.tgz site-2.tar.gz && gsutil cp site-2.tar.gz gs://uploads/
          a/b/site-2.tgz   | mv site-2.tgz site-2.tar.gz && gsutil cp site-2.tar.gz gs://uploads/a/b/
          site-2.tar       | tar -xf site-2.tar && tar --format=oldgnu -Sczf site-2.tar.gz disk.raw
          site-2.tar.xz    | tar -xJf site-2.tar.xz && tar --format=oldgnu -Sczf site-2.tar.gz disk.raw
          site-2.qcow2     | qemu-img convert -O raw site-2.qcow2 disk.raw && tar --format=oldgnu
          site-2.vmdk      | qemu-img convert -O raw site-2.vmdk disk.raw && tar --format=oldgnu -Sczf site-2.tar.gz
          site-2.ova       | tar -xOf site-2.ova --wildcards '*.vmdk' > disk.vmdk && qemu-img convert -O raw disk.vmdk disk.raw && tar
          site-2.img.gz    | gunzip < site-2.img.gz > disk.raw && tar --format=oldgnu -Sczf site-2.tar.gz disk.raw
          site-2           | tar --format=oldgnu -Sczf site-2.tar.gz disk.raw
          site-2.TAR.GZ    | tar --format=oldgnu -Sczf site-2.TAR.GZ.tar.gz disk.raw
          .tar.gz          | tar --format=oldgnu -Sczf disk.tar.gz.tar.gz disk.raw
          it's 2.zip       | unzip 'it'\\''s 2.zip' disk.raw && tar --format=oldgnu -Sczf 'it'\\''s 2.tar.gz'
          -x.zip           | unzip ./-x.zip disk.raw && tar --format=oldgnu -Sczf ./-x.tar.gz disk.raw
          site-10:30.tgz   | mv ./site-10:30.tgz ./site-10:30.tar.gz && gsutil cp ./site-10:30.tar.gz
          """)
  void refusesOtherNames(String object, String nextStep) throws IOException {
    Rejection refusal = refusal(Uploads.named(object, Uploads.bytes(Kind.SPARSE)));

    assertThat(refusal.code()).isEqualTo("object-name");
    assertThat(refusal.getMessage()).contains("ends in .tar.gz").contains("found " + object);
    assertThat(refusal.nextStep()).contains(nextStep.replace("\\\\", "\\"));
  }

  @Test
  void refusesAContentEncoding() throws IOException {
    Rejection refusal = refusal(encoded("gzip"));

    assertThat(refusal.code()).isEqualTo("content-encoding");
    assertThat(refusal.getMessage()).contains("expected none").contains("found gzip");
    assertThat(refusal.nextStep()).startsWith("gsutil cp site-2.tar.gz gs://uploads/ # without -z");
  }

  @Test
  void takesAnEmptyContentEncoding() throws IOException {
    assertThat(Uploads.verify(encoded(""), Uploads.bytes(Kind.SPARSE)).diskGib()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SPARSE", "FLIPPED_BIT", "INVALID_BLOCK", "TRUNCATED", "TAR_CHECKSUM", "NO_END"})
  void blamesNobodyForBytesThatWereDamagedOnTheirWay(Kind kind) throws IOException {
    byte[] bytes = Uploads.bytes(kind);
    Upload stored = changed(Uploads.of(bytes), bytes.length, "AAAAAA==");

    assertThatThrownBy(() -> Uploads.verify(stored, bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged on its way")
        .hasMessageContaining("AAAAAA==")
        .hasMessageContaining(Uploads.of(bytes).crc32c());
  }

  @Test
  void knowsTheChecksumThatCloudStorageGives() throws IOException {
    // RFC 3720 B.4: the CRC32C of 32 bytes of zeros is 8a9136aa.
    assertThat(Uploads.of(new byte[32]).crc32c()).isEqualTo("ipE2qg==");
  }

  @Test
  void refusesMoreBytesThanTheObjectHas() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.SPARSE);
    Upload good = Uploads.of(bytes);

    Rejection refusal = refusal(changed(good, good.sizeBytes() - 1, good.crc32c()));

    assertThat(refusal.code()).isEqualTo("size-mismatch");
    assertThat(refusal.getMessage()).contains("expected " + (bytes.length - 1) + " bytes");
  }

  @Test
  void neverRejectsWhenTheStreamEndsEarly() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.SPARSE);
    InputStream cut = new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> new Verifier(LIMITS).verify(Uploads.of(bytes), cut))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("ended after " + bytes.length / 2 + " of " + bytes.length);
  }

  @Test
  void letsTheTransportsFaultThrough() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.MANY_EXTENTS);
    IOException lost = new IOException("connection reset");
    InputStream start = new ByteArrayInputStream(bytes, 0, bytes.length / 2);
    InputStream in = new SequenceInputStream(start, new Broken(lost));

    assertThatThrownBy(() -> new Verifier(LIMITS).verify(Uploads.of(bytes), in)).isSameAs(lost);
  }

  @Test
  void readsAByteAtATime() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.MANY_EXTENTS);

    VerifiedArtifact artifact =
        new Verifier(LIMITS)
            .verify(Uploads.of(bytes), new Trickle(new ByteArrayInputStream(bytes)));

    assertThat(artifact.diskGib()).isEqualTo(1);
  }

  @Test
  void aCallWhoseTimeIsUsedBeforeTheFirstByteBlamesNobody() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.SPARSE);
    Verifier verifier = new Verifier(new Limits(10, () -> true));

    assertThatThrownBy(() -> verifier.verify(Uploads.of(bytes), new ByteArrayInputStream(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("before the first byte");
  }

  @Test
  void stopsAtTheDeadline() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.PLAIN_10_GIB);
    AtomicInteger asked = new AtomicInteger();
    Verifier verifier = new Verifier(new Limits(10, () -> asked.incrementAndGet() > 3));

    assertThatThrownBy(() -> verifier.verify(Uploads.of(bytes), new ByteArrayInputStream(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("196608 of " + bytes.length + " bytes");
  }

  @Test
  void holdsTheTargetsLimit() throws IOException {
    byte[] bytes = Uploads.bytes(Kind.SPARSE_10_GIB);
    Verifier verifier = new Verifier(new Limits(9, () -> false));

    Rejection refusal =
        catchThrowableOfType(
            Rejection.class,
            () -> verifier.verify(Uploads.of(bytes), new ByteArrayInputStream(bytes)));

    assertThat(refusal.code()).isEqualTo("disk-too-large");
    assertThat(refusal.getMessage()).contains("expected at most 9 GiB, found 10 GiB");
    assertThat(refusal.nextStep()).contains("truncate -s 9G disk.raw").contains("maxDiskGib");
  }

  private static Upload encoded(String encoding) throws IOException {
    Upload good = Uploads.of(Uploads.bytes(Kind.SPARSE));
    return new Upload(
        good.bucket(),
        good.object(),
        good.generation(),
        good.timeCreated(),
        good.sizeBytes(),
        good.crc32c(),
        encoding,
        good.metadata());
  }

  private static Upload changed(Upload good, long size, String crc32c) {
    return new Upload(
        good.bucket(),
        good.object(),
        good.generation(),
        good.timeCreated(),
        size,
        crc32c,
        null,
        good.metadata());
  }

  private static Rejection refusal(Upload upload) throws IOException {
    byte[] bytes = Uploads.bytes(Kind.SPARSE);
    @Nullable Rejection refusal =
        catchThrowableOfType(Rejection.class, () -> Uploads.verify(upload, bytes));
    assertThat(refusal).isNotNull();
    return refusal;
  }

  /** A connection that is lost at once. */
  private static final class Broken extends InputStream {
    private final IOException fault;

    Broken(IOException fault) {
      this.fault = fault;
    }

    @Override
    public int read() throws IOException {
      throw fault;
    }
  }

  /** Gives one byte a call, and none at every second call, as a channel may. */
  private static final class Trickle extends InputStream {
    private final InputStream in;
    private boolean none;

    Trickle(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      none = !none;
      return none ? 0 : in.read(to, offset, 1);
    }
  }
}
