package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The log-in without a key. The real gcloud writes the credentials; whether Google takes the token
 * is known only in CircleCI, so the last step is answered here.
 */
class LogInTest {
  private static final String PROVIDER =
      "projects/17/locations/global/workloadIdentityPools/slipway-ci/providers/circleci";

  @TempDir Path home;

  @Test
  void givesGcloudTheJobsToken() throws Exception {
    Result result = logIn(0).succeed(PROVIDER);

    Path folder = home.resolve(".circleci-oidc");
    assertThat(folder.resolve("token")).hasContent("header.payload.signature");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    JsonObject credentials =
        JsonParser.parseString(Files.readString(folder.resolve("credentials.json")))
            .getAsJsonObject();
    assertThat(credentials.get("type").getAsString()).isEqualTo("external_account");
    assertThat(credentials.get("audience").getAsString())
        .isEqualTo("//iam.googleapis.com/" + PROVIDER);
    assertThat(credentials.getAsJsonObject("credential_source").get("file").getAsString())
        .isEqualTo(folder.resolve("token").toString());
    assertThat(home.resolve("login"))
        .hasContent("--quiet auth login --cred-file=" + folder.resolve("credentials.json"));
    assertThat(result.all()).doesNotContain("payload");
  }

  @Test
  void saysWhatGoogleAsksOfAToken() throws Exception {
    Result result = logIn(1).run(PROVIDER);

    assertThat(result.errors()).contains("log-in: FAILED: Google refused the token", "branch");
    assertThat(result.status()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "token, slipway-ci, 'expected projects/NUMBER/locations/global/'",
    "'', " + PROVIDER + ", 'CIRCLE_OIDC_TOKEN_V2 is not set: the job must run in CircleCI'"
  })
  void tellsWhatIsWrongWithItsCall(String token, String provider, String reason) throws Exception {
    Result result =
        UnikernelProgram.alone("log-in", home).with("CIRCLE_OIDC_TOKEN_V2", token).run(provider);

    assertThat(result.errors()).contains("log-in: " + reason);
    assertThat(result.status()).isEqualTo(2);
  }

  private Program logIn(int status) throws Exception {
    String real = Program.named("bash", home).succeed("-c", "command -v gcloud || true").output();
    Program.named("gcloud", home);
    Path gcloud = Files.createDirectories(home.resolve("bin")).resolve("gcloud");
    Files.write(
        gcloud,
        List.of(
            "#!/bin/bash",
            "[[ $2 == auth ]] || exec " + real.strip() + " \"$@\"",
            "printf %s \"$*\" > \"$HOME/login\"",
            "exit " + status));
    assertThat(gcloud.toFile().setExecutable(true)).isTrue();
    return UnikernelProgram.alone("log-in", home)
        .with("CIRCLE_OIDC_TOKEN_V2", "header.payload.signature")
        .with("PATH", gcloud.getParent() + ":" + System.getenv("PATH"));
  }
}
