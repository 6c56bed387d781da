package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.fault.Rejection;
import tarballs.Kind;

/** One row for each kind of tarball: what it is refused with, or that it is taken. */
class EveryKindTest {
  /** Large ones, which the local cloud's StreamingProofTest reads. */
  private static final Set<Kind> LARGE =
      EnumSet.of(Kind.NOISE_PLAIN, Kind.NOISE_SPARSE, Kind.PLAIN_10_GIB);

  @ParameterizedTest
  @EnumSource(
      names = {
        "SPARSE",
        "PLAIN",
        "MANY_EXTENTS",
        "STORED",
        "HEADER_FIELDS",
        "SEVERAL_MEMBERS",
        "GPT",
        "UEFI",
        "UEFI_ARM64",
        "UEFI_X86_64",
        "BIOS_AND_UEFI",
        "LARGE_RECORD",
        "SPARSE_10_GIB"
      })
  void takesGoodOnes(Kind kind) throws IOException, NoSuchAlgorithmException {
    byte[] bytes = Uploads.bytes(kind);

    VerifiedArtifact artifact = Uploads.verify(bytes);

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(artifact.sha256().hex()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(artifact.diskGib()).isEqualTo(kind == Kind.SPARSE_10_GIB ? 10 : 1);
    assertThat(artifact.upload()).isEqualTo(Uploads.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "SPARSE,        true,  false, X86_64",
    "GPT,           false, false,",
    "UEFI,          false, true,",
    "UEFI_ARM64,    false, true,  ARM64",
    "UEFI_X86_64,   false, true,  X86_64",
    "BIOS_AND_UEFI, false, false,"
  })
  void seesWhatCanBootIt(Kind kind, boolean bios, boolean uefi, @Nullable String architecture)
      throws IOException {
    assertThat(Uploads.verify(Uploads.bytes(kind)).bootSectors())
        .isEqualTo(new BootSectors(bios, uefi, architecture));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PAX                  | tar-format          | oldgnu or gnu | found posix (pax), a header of type x
          PAX_GLOBAL           | tar-format          | oldgnu or gnu | found posix (pax), a header of type g
          PAX_SPARSE           | tar-format          | oldgnu or gnu | found posix (pax), a header of type x
          USTAR                | tar-format          | oldgnu or gnu | found ustar
          V7                   | tar-format          | oldgnu or gnu | found v7
          APPLE_DOUBLE         | apple-double        | one member, disk.raw | AppleDouble member ._disk.raw
          OTHER_NAME           | name-other          | expected disk.raw | found image.raw
          IN_FOLDER            | name-folder         | expected disk.raw | found tmp/disk.raw
          DOT_SLASH            | name-dot-slash      | expected disk.raw | found ./disk.raw
          TWO_MEMBERS          | more-than-one-member | one member, disk.raw | a further one named README
          NO_MEMBER            | no-member           | one member, disk.raw | only zeros
          SYMLINK              | member-type         | a regular file | found a symbolic link
          HARD_LINK            | member-type         | a regular file | found a hard link
          DIRECTORY            | member-type         | a regular file | found a directory
          FIFO                 | member-type         | a regular file | found a FIFO
          EMPTY_DISK           | disk-empty          | at least 1 GiB | found 0 bytes
          ODD_SIZE             | disk-size           | whole number of GiB | found 1074790400 bytes
          CLAIMS_15_TIB        | disk-too-large      | at most 10 GiB | found 15360 GiB
          CLAIMS_15_TIB_PLAIN  | disk-too-large      | at most 10 GiB | found 15360 GiB
          NO_SIGNATURE         | no-boot-signature   | an MBR | found neither
          SIGNATURE_IN_HOLE    | no-boot-signature   | an MBR | found neither
          TAR_CHECKSUM         | tar-checksum        | checksum of the tar header | found
          TAR_NUMBER           | tar-number          | octal digits | found neither
          MODE_NO_NUMBER       | tar-number          | mode in the tar header of site-2.tar.gz: expected octal digits | found neither
          PREFIX               | tar-number          | time of the last access in the tar header of site-2.tar.gz: expected octal | found neither
          REAL_SIZE            | tar-field           | expected zeros in a member that is not sparse | found other bytes
          LINK_TARGET          | tar-field           | name of a link's target in the tar header of site-2.tar.gz: expected zeros | other bytes
          QCOW2_DISK           | not-raw             | expected a raw disk | found a qcow2 disk
          QCOW2_MEMBER         | name-other          | expected disk.raw | found disk.qcow2
          VMDK_MEMBER          | name-other          | expected disk.raw | found disk.vmdk
          OVA                  | name-other          | expected disk.raw | found machine.ovf
          GPT_4096             | gpt-sector-size     | a GPT for sectors of 512 bytes | found one for sectors of 4096 bytes
          LONG_NAME_BOMB       | long-name           | the member disk.raw | long-name record of type L
          TAR_TRUNCATED        | tar-truncated       | all of its bytes | bytes short
          NO_END               | no-end-of-archive   | two blocks of zeros | found none
          HALF_END             | no-end-of-archive   | two blocks of zeros | found one
          DATA_AFTER_END       | data-after-end      | zeros after disk.raw | bytes 6e 6f 74 20
          ZEROS_AFTER_END      | endless-padding     | at most 1 MiB of zeros | found more than that
          MAP_OVERLAP          | sparse-map          | do not overlap | 512 bytes at 256 after 512
          MAP_UNORDERED        | sparse-map          | extents in order | 512 bytes at 0 after 1049088
          MAP_BEYOND           | sparse-map          | within the disk's 1073741824 bytes | 512 bytes at 1073741568
          MAP_OVERFLOW         | sparse-map          | within the disk's 1073741824 bytes | at 9223372036854775551
          MAP_MORE             | sparse-map          | extents of 1024 bytes | found 1049088 bytes
          MAP_LESS             | sparse-map          | extents of 1048576 bytes | found 512 bytes
          MAP_NOT_CLOSED       | sparse-map          | ends where the disk does, at byte 1073741824 | found a last extent of 512 bytes at 0
          MAP_MORE_DIGIT       | sparse-map          | 0 or 1 | found 49
          MAP_ENDLESS_EMPTY    | sparse-map          | no empty extent | after an empty one
          MAP_ENDLESS_BLANK    | sparse-map          | the end of the map | a further block
          MAP_BEYOND_END       | sparse-map          | nothing after the map's end | found bytes in it
          MAP_TOO_MANY         | sparse-map          | one extent for every 1024 bytes | more than 1048578
          TRUNCATED            | truncated           | a complete gzip file | the file's end
          TRUNCATED_TRAILER    | truncated           | a complete gzip file | the file's end
          BAD_CRC              | gzip-crc            | gzip checksum | found
          BAD_SIZE             | gzip-size           | 10240 modulo 2^32 | found 10241
          FLIPPED_BIT          | gzip-crc            | gzip checksum | found
          INVALID_BLOCK        | gzip-damaged        | undamaged deflate stream | found invalid
          TRAILING_GARBAGE     | trailing-data       | nothing after the gzip data | other bytes
          TRAILING_ZEROS       | trailing-data       | nothing after the gzip data | zeros after it
          GZIP_FLAG            | gzip-header         | no reserved flags | flags 20
          GZIP_HEADER_CRC      | gzip-header         | a header checksum | found 0
          GZIP_NAME_BOMB       | gzip-header         | at most 131072 bytes | a longer one
          DOUBLE_GZIP          | double-gzip         | a tar archive | gzip data once more
          GZIP_OF_NOTHING      | not-tar             | a tar archive | found nothing
          GZIP_OF_DISK         | not-tar             | a tar archive | a disk without a tar archive
          GZIP_BOMB            | not-tar             | a tar archive | bytes 6e 6f 20 61
          ZIP                  | not-gzip            | gzip data | a zip archive
          BZIP2                | not-gzip            | gzip data | bzip2 data
          XZ                   | not-gzip            | gzip data | xz data
          ZSTD                 | not-gzip            | gzip data | zstd data
          BARE_TAR             | not-gzip            | gzip data | a tar archive without compression
          BARE_DISK            | not-gzip            | gzip data | a disk without a tar archive
          HTML                 | not-gzip            | gzip data | an HTML page
          TEXT                 | not-gzip            | gzip data | bytes 6f 6f 70 73
          EMPTY                | empty               | a gzip-compressed tar | found 0 bytes
          """)
  void refusesBadOnes(Kind kind, String code, String expected, String found) throws IOException {
    byte[] bytes = Uploads.bytes(kind);

    Rejection refusal =
        catchThrowableOfType(Rejection.class, () -> Uploads.verify(Uploads.of(bytes), bytes));

    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.getMessage())
        .contains("site-2.tar.gz: expected ")
        .contains(expected)
        .contains(found);
    assertThat(refusal.nextStep()).containsPattern("(tar --format=|gsutil cp ).*site-2\\.tar\\.gz");
  }

  @Test
  void everyBadKindHasARow() throws NoSuchMethodException {
    CsvSource rows =
        EveryKindTest.class
            .getDeclaredMethod(
                "refusesBadOnes", Kind.class, String.class, String.class, String.class)
            .getAnnotation(CsvSource.class);
    EnumSource good =
        EveryKindTest.class
            .getDeclaredMethod("takesGoodOnes", Kind.class)
            .getAnnotation(EnumSource.class);
    Set<Kind> covered = EnumSet.copyOf(LARGE);
    Arrays.stream(good.names()).map(Kind::valueOf).forEach(covered::add);
    rows.textBlock()
        .lines()
        .map(row -> row.split("\\|")[0].strip())
        .map(Kind::valueOf)
        .forEach(covered::add);

    assertThat(covered).containsExactlyInAnyOrder(Kind.values());
    assertThat(Stream.of(Kind.values()).filter(Kind::good).map(Kind::name))
        .containsAll(Arrays.asList(good.names()));
  }
}
