package slipway.artifact;

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
}
