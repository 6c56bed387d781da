package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import localcloud.cli.SeededCloud;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The upload and the wait for its record, under CI's identity, with the real gsutil and gcloud. */
class UploadTest {
  @TempDir static Path data;
  @TempDir static Path home;
  private static SeededCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = new SeededCloud(data);
  }

  @AfterAll
  static void noToolAskedForMoreThanThereIs() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gsutil", "gcloud"})
  void uploadsWithFactsAndSignature(String tool) throws Exception {
    Program.named(tool, home);
    String name = "site-" + tool + ".tar.gz";
    Files.write(home.resolve(name), new byte[9 << 20]);
    Program openssl = Program.named("openssl", home);
    openssl.succeed("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem");
    openssl.succeed("ec", "-in", "key.pem", "-pubout", "-out", "public.pem");

    Result result =
        ci("upload")
            .with("CIRCLE_SHA1", "4f2a9c")
            .succeed(
                "--tool",
                tool,
                "--build-url",
                "https://ci.example/7?a=b,c",
                "--key",
                "key.pem",
                name,
                "gs://mir-riseos");

    JsonObject object = cloud.object("mir-riseos", name);
    assertThat(result.output()).isEqualTo(object.get("generation").getAsString() + "\n");
    assertThat(object.has("contentEncoding")).isFalse();
    JsonObject metadata = object.getAsJsonObject("metadata");
    assertThat(metadata.get("git-sha").getAsString()).isEqualTo("4f2a9c");
    assertThat(metadata.get("build-url").getAsString()).isEqualTo("https://ci.example/7?a=b,c");
    Files.write(
        home.resolve("signature"),
        Base64.getDecoder().decode(metadata.get("signature").getAsString()));
    openssl.succeed("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gsutil", "gcloud"})
  void saysWhatTheImageIs(String tool) throws Exception {
    Program.named(tool, home);
    String name = "arm-by-" + tool + ".tar.gz";
    Files.writeString(home.resolve(name), name);

    ci("upload")
        .succeed(
            "--tool",
            tool,
            "--architecture",
            "ARM64",
            "--guest-os-features",
            "UEFI_COMPATIBLE,GVNIC",
            name,
            "gs://mir-riseos");

    JsonObject metadata = cloud.object("mir-riseos", name).getAsJsonObject("metadata");
    assertThat(metadata.get("architecture").getAsString()).isEqualTo("ARM64");
    assertThat(metadata.get("guest-os-features").getAsString()).isEqualTo("UEFI_COMPATIBLE,GVNIC");
  }

  @Test
  void takesASignatureMadeElsewhere() throws Exception {
    Program.named("gsutil", home);
    Files.writeString(home.resolve("signed.tar.gz"), "signed elsewhere");
    Program openssl = Program.named("openssl", home);
    openssl.succeed("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "kms.pem");
    openssl.succeed(
        "dgst", "-sha256", "-sign", "kms.pem", "-out", "signature.der", "signed.tar.gz");
    String signature =
        Base64.getEncoder().encodeToString(Files.readAllBytes(home.resolve("signature.der")));

    ci("upload").succeed("--signature", signature, "signed.tar.gz", "gs://mir-riseos");

    assertThat(
            cloud
                .object("mir-riseos", "signed.tar.gz")
                .getAsJsonObject("metadata")
                .get("signature")
                .getAsString())
        .isEqualTo(signature);
  }

  @ParameterizedTest
  @CsvSource({
    "genpkey -algorithm RSA -out other.pem, 'expected an ECDSA P-256 key'",
    "ecparam -name secp384r1 -genkey -noout -out other.pem, 'expected an ECDSA P-256 key'",
    "rand -out other.pem 100, 'openssl cannot read a private key in it'"
  })
  void refusesAKeyThatTheFunctionWouldNotTake(String making, String reason) throws Exception {
    Program.named("openssl", home).succeed(making.split(" ", -1));
    Files.writeString(home.resolve("a.tar.gz"), "a");

    Result result = ci("upload").run("--key", "other.pem", "a.tar.gz", "gs://mir-riseos");

    assertThat(result.errors()).contains("upload: other.pem: " + reason);
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void saysWhenANameIsTaken() throws Exception {
    Program.named("gsutil", home);
    Files.writeString(home.resolve("taken.tar.gz"), "one");
    ci("upload").succeed("taken.tar.gz", "gs://mir-riseos");
    Files.writeString(home.resolve("taken.tar.gz"), "another");

    Result result = ci("upload").run("taken.tar.gz", "gs://mir-riseos");

    assertThat(result.errors())
        .contains("taken.tar.gz is in gs://mir-riseos already: give each build a name of its own");
    assertThat(result.status()).isOne();
  }

  @Test
  void awaitsTheRecord() throws Exception {
    Program.named("gsutil", home);
    cloud.writeRecord("deployments/a.tar.gz/17.json", "{\"stage\": \"deployed\"}\n");

    Result found = ci("await-deployment").run("gs://mir-riseos-records", "a.tar.gz", "17");
    Result refused = ci("await-deployment").run("gs://mir-riseos-private", "a.tar.gz", "17");

    assertThat(found.output()).endsWith("await-deployment: deployed\n");
    assertThat(found.status()).isZero();
    assertThat(refused.errors()).contains("17.json cannot be read: AccessDeniedException: 403");
    assertThat(refused.status()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource({
    "a.tar.gz|gs://b/o.tar.gz, 'expected a bucket, such as gs://uploads, found gs://b/o.tar.gz'",
    "missing.tar.gz|gs://b, 'missing.tar.gz: expected a readable file'",
    "--signature|bm90|a.tar.gz|gs://b, '--signature takes an ECDSA P-256 signature'",
    "--key|k|--signature|s|a.tar.gz|gs://b, '--key and --signature are two ways'",
    "--tool|scp|a.tar.gz|gs://b, '--tool takes gsutil or gcloud, found scp'"
  })
  void tellsWhatIsWrongWithItsCall(String words, String reason) throws Exception {
    Files.writeString(home.resolve("a.tar.gz"), "a");

    Result result = UnikernelProgram.alone("upload", home).run(words.split("\\|", -1));

    assertThat(result.errors()).contains(reason);
    assertThat(result.status()).isEqualTo(2);
  }

  private static Program ci(String name) throws Exception {
    Program program = UnikernelProgram.alone(name, home);
    cloud.shell("ci").forEach(program::with);
    return program;
  }
}
