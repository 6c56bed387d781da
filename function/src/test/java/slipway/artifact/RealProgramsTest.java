package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.fault.Rejection;

/** Tarballs as the programs make them that people have; what is not installed is skipped. */
class RealProgramsTest {
  private static final String OUT = " > site-2.tar.gz";

  @TempDir Path folder;

  @BeforeEach
  void makeADisk() throws IOException {
    RealDisk.write(folder.resolve("disk.raw"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      textBlock =
          """
          tar     @ tar --format=oldgnu -Scf - disk.raw | gzip
          tar     @ tar --format=gnu -Scf - disk.raw | gzip -9
          tar     @ tar -Scf - disk.raw | gzip -1
          tar     @ tar -Sc --hole-detection=raw disk.raw | gzip
          tar     @ tar --format=oldgnu -cf - disk.raw | gzip -1
          tar     @ tar -b 2048 -Scf - disk.raw | gzip
          tar     @ tar -Scf - disk.raw | split -b 100000 --filter=gzip
          pigz    @ tar --format=gnu -Scf - disk.raw | pigz
          bsdtar  @ bsdtar --format=gnutar -cf - disk.raw | gzip -1
          busybox @ busybox tar -cf - disk.raw | gzip -1
          """)
  void takes(String program, String command) throws IOException, InterruptedException {
    Shell.need(program);
    new Shell(folder).run("set -o pipefail; " + command + OUT);

    VerifiedArtifact artifact = Uploads.verify(folder.resolve("site-2.tar.gz"));

    assertThat(artifact.diskGib()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      textBlock =
          """
          tar     @ tar-format           @ tar --format=posix -Scf - disk.raw | gzip
          tar     @ tar-format           @ truncate -s 1M disk.raw; tar --format=posix -cf - disk.raw | gzip
          tar     @ tar-format           @ truncate -s 1M disk.raw; tar --format=ustar -cf - disk.raw | gzip
          tar     @ tar-format           @ truncate -s 1M disk.raw; tar --format=v7 -cf - disk.raw | gzip
          tar     @ name-dot-slash       @ tar --format=gnu -Scf - ./disk.raw | gzip
          tar     @ name-folder          @ tar --format=gnu -Scf - -P $PWD/disk.raw | gzip
          tar     @ member-type          @ mkdir d; mv disk.raw d; tar --format=gnu -Scf - -C d . | gzip
          tar     @ more-than-one-member @ touch b; tar --format=gnu -Scf - disk.raw b | gzip
          tar     @ member-type          @ tar --format=gnu -V label -Scf - disk.raw | gzip
          tar     @ long-name            @ n=$(printf %0150d 1); mv disk.raw $n; tar --format=gnu -Scf - $n | gzip
          tar     @ data-after-end       @ (tar -Sc disk.raw; tar -c -b1 --exclude=* disk.raw; echo) | gzip
          tar     @ not-gzip             @ tar --format=gnu -Scf - disk.raw
          bzip2   @ not-gzip             @ tar --format=gnu -Scf - disk.raw | bzip2
          xz      @ not-gzip             @ tar --format=gnu -Scf - disk.raw | xz -1
          zstd    @ not-gzip             @ tar --format=gnu -Scf - disk.raw | zstd
          zip     @ not-gzip             @ truncate -s 1M disk.raw; zip -q - disk.raw
          bsdtar  @ tar-format           @ bsdtar -cf - disk.raw | gzip -1
          python3 @ tar-format           @ truncate -s 1M disk.raw; python3 -c 'import sys,tarfile; tarfile.open(mode="w|gz",fileobj=sys.stdout.buffer).add("disk.raw")'
          """)
  void refuses(String program, String code, String command)
      throws IOException, InterruptedException {
    Shell.need(program);
    new Shell(folder).run("set -o pipefail; { " + command + "; }" + OUT);

    Rejection refusal =
        catchThrowableOfType(
            Rejection.class, () -> Uploads.verify(folder.resolve("site-2.tar.gz")));

    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
  }
}
