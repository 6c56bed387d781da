package slipway.artifact;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.fault.Rejection;

/** Runs the command that a refusal names, as the uploader would, and proves what it uploads. */
class NextStepTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tar   | tar-format           | tar --format=posix -Sczf site-2.tar.gz disk.raw
          tar   | name-dot-slash       | tar -Sczf site-2.tar.gz ./disk.raw
          tar   | name-folder          | mkdir 'a b'; mv disk.raw 'a b'; tar -Sczf site-2.tar.gz 'a b/disk.raw'
          tar   | name-other           | mv disk.raw \\$it\\'s; tar -Sczf site-2.tar.gz \\$it\\'s
          tar   | name-other           | touch README; tar -Sczf site-2.tar.gz README disk.raw
          tar   | more-than-one-member | touch README; tar -Sczf site-2.tar.gz disk.raw README
          tar   | member-type          | mv disk.raw a; ln -s a disk.raw; tar -Sczf site-2.tar.gz disk.raw
          tar   | member-type          | mkdir d; mv disk.raw d; tar -Sczf site-2.tar.gz -C d .; mv d/disk.raw .
          tar   | disk-size            | truncate -s 1000M disk.raw; tar -Sczf site-2.tar.gz disk.raw
          tar   | gzip-crc             | tar -Sczf site-2.tar.gz disk.raw; printf 1234 > p; dd if=p of=site-2.tar.gz bs=1 conv=notrunc seek=$(($(stat -c %s site-2.tar.gz) - 8))
          tar   | truncated            | tar -Sczf site-2.tar.gz disk.raw; truncate -s -10 site-2.tar.gz
          tar   | trailing-data        | tar -Sczf site-2.tar.gz disk.raw; echo >> site-2.tar.gz
          tar   | double-gzip          | tar -Scz disk.raw > once; gzip < once > site-2.tar.gz; rm once disk.raw
          tar   | not-gzip             | tar -Scf site-2.tar.gz disk.raw; rm disk.raw
          tar   | not-gzip             | mv disk.raw site-2.tar.gz
          bzip2 | not-gzip             | tar -Scjf site-2.tar.gz disk.raw; rm disk.raw
          xz    | not-gzip             | tar -ScJf site-2.tar.gz disk.raw; rm disk.raw
          zstd  | not-gzip             | tar --zstd -Scf site-2.tar.gz disk.raw; rm disk.raw
          tar   | name-folder          | tar -PSczf site-2.tar.gz $PWD/disk.raw; rm disk.raw
          qemu-img | not-raw           | qemu-img convert -O qcow2 disk.raw d; mv d disk.raw; tar -Sczf site-2.tar.gz disk.raw
          qemu-img | name-other        | qemu-img convert -O qcow2 disk.raw a.qcow2; tar -Sczf site-2.tar.gz a.qcow2; rm a.qcow2 disk.raw
          qemu-img | name-other        | qemu-img convert -O vmdk disk.raw a.vmdk; tar -Sczf site-2.tar.gz a.vmdk; rm a.vmdk disk.raw
          qemu-img | name-other        | qemu-img convert -O vmdk disk.raw a.vmdk; touch a.ovf; tar -czf site-2.tar.gz a.ovf a.vmdk; rm a.* disk.raw
          qemu-img | name-other        | qemu-img convert -O vmdk disk.raw a.vmdk; touch a.ovf; tar -cf a.ova a.ovf a.vmdk; tar -czf site-2.tar.gz a.ova; rm a.* disk.raw
          qemu-img | not-gzip          | qemu-img convert -O vmdk disk.raw a.vmdk; touch a.ovf; tar -cf site-2.tar.gz a.ovf a.vmdk; rm a.* disk.raw
          qemu-img | not-gzip          | qemu-img convert -O qcow2 disk.raw site-2.tar.gz; rm disk.raw
          zstd  | not-tar              | tar --zstd -Scf inside disk.raw; gzip < inside > site-2.tar.gz; rm disk.raw
          """)
  void mendsTheUpload(String program, String code, String mistake)
      throws IOException, InterruptedException {
    Shell.need(program);
    Path file = folder.resolve("site-2.tar.gz");
    Shell shell = new Shell(folder);
    RealDisk.write(folder.resolve("disk.raw"));
    shell.run(mistake);
    Rejection refusal = catchThrowableOfType(Rejection.class, () -> Uploads.verify(file));
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);

    shell.installGsutil();
    shell.run(refusal.nextStep());

    assertThat(Uploads.verify(folder.resolve("bucket/site-2.tar.gz")).diskGib()).isEqualTo(1);
  }

  /** Whoever pastes it has files of their own, and a stranger chose the names in the tarball. */
  @ParameterizedTest
  @CsvSource({
    "/root/.ssh/id_rsa, 0",
    "/root/.ssh/id_rsa/disk.raw, 0",
    "'$(id_rsa)', 0",
    "._id_rsa, 0",
    "id_rsa.qcow2, 0",
    "id_rsa.ova, 0",
    "id_rsa.ovf, 0",
    "id_rsa, 2",
    "id_rsa, L",
    "id_rsa, x",
    "GNUSparseFile.1/id_rsa, 0"
  })
  void containsNoNameFromInsideTheTarball(String name, char type) throws IOException {
    byte[] block = new byte[3 * TarBlock.BYTES];
    byte[] text = name.getBytes(US_ASCII);
    System.arraycopy(text, 0, block, 0, text.length);
    System.arraycopy("ustar  ".getBytes(US_ASCII), 0, block, HeaderField.MAGIC.at, 7);
    block[HeaderField.TYPE.at] = (byte) type;
    MutationTest.sum(block);
    byte[] bytes = MutationTest.gzip(block);

    Rejection refusal = catchThrowableOfType(Rejection.class, () -> Uploads.verify(bytes));

    assertThat(refusal).isNotNull();
    assertThat(refusal.nextStep()).contains("site-2.tar.gz").doesNotContain("id_rsa");
  }
}
