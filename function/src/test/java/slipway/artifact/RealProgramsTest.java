package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
          pigz    @ tar --format=gnu -Scf - disk.raw | pigz -i -b 32
          zopfli  @ tar --format=gnu -Scf t disk.raw; zopfli --i1 -c t
          bgzip   @ tar --format=gnu -Scf - disk.raw | bgzip
          dictzip @ tar --format=gnu -Scf t disk.raw; dictzip t; cat t.dz
          igzip   @ tar --format=gnu -Scf - disk.raw | igzip
          zstd    @ tar --format=gnu -Scf - disk.raw | zstd --format=gzip
          7zz     @ tar --format=gnu -Scf t disk.raw; 7zz a -bso0 t.gz t; cat t.gz
          7zz     @ 7zz a -bso0 t.tar disk.raw; gzip -1 < t.tar
          libdeflate-gzip @ tar --format=gnu -Scf - disk.raw | libdeflate-gzip
          busybox @ tar --format=gnu -Scf - disk.raw | busybox gzip
          bsdtar  @ bsdtar --format=gnutar -czf t disk.raw; cat t
          python3 @ tar --format=gnu -Scf t disk.raw; python3 -c 'import gzip,sys; sys.stdout.buffer.write(gzip.compress(open("t","rb").read()))'
          python3 @ python3 -c 'import sys,tarfile; t=tarfile.open(mode="w|gz",fileobj=sys.stdout.buffer,format=tarfile.GNU_FORMAT); t.add("disk.raw"); t.close()'
          tar     @ tar --format=gnu -G -Scf - disk.raw | gzip
          tar     @ tar --format=gnu --mtime=1960-01-01 --owner=x:5000000 --group=y:4000000000 -Scf - disk.raw | gzip
          """)
  void takes(String program, String command) throws IOException, InterruptedException {
    Shell.need(program);
    new Shell(folder).run("set -o pipefail; " + command + OUT);

    VerifiedArtifact artifact = Uploads.verify(folder.resolve("site-2.tar.gz"));

    assertThat(artifact.diskGib()).isEqualTo(1);
    try (InputStream tarball = Files.newInputStream(folder.resolve("site-2.tar.gz"));
        InputStream disk = Files.newInputStream(folder.resolve("disk.raw"))) {
      assertThat(Readers.sumByCommonsCompress(tarball)).isEqualTo(Readers.sum(disk));
    }
  }

  /** With the times of a file that is there, as a Go program writes them in this format. */
  @Test
  void takesWhatGoMakes() throws IOException, InterruptedException {
    Shell.need("go");
    Files.writeString(
        folder.resolve("main.go"),
        """
        package main
        import ("archive/tar"; "compress/gzip"; "io"; "os")
        func main() {
          file, _ := os.Open("disk.raw")
          info, _ := file.Stat()
          header, _ := tar.FileInfoHeader(info, "")
          header.Format = tar.FormatGNU
          zip, _ := gzip.NewWriterLevel(os.Stdout, 1)
          out := tar.NewWriter(zip)
          if err := out.WriteHeader(header); err != nil { panic(err) }
          io.Copy(out, file)
          out.Close()
          zip.Close()
        }
        """);

    takes("go", "GOCACHE=$PWD/cache go run main.go");
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
