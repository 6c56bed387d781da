package slipway.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonPrimitive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.fault.Rejection;
import slipway.settings.Settings;
import slipway.settings.SigningKey;
import slipway.upload.Upload;
import tarballs.Kind;

/** Signatures made by the JDK and, with the lines of README, by the programs that people have. */
class SignatureTest {
  private static final Pattern HEADER = Pattern.compile("x-goog-meta-signature:(.*)");

  @TempDir Path folder;

  @Test
  void anyOfTheKeysWillDoAndTheArtifactSaysWhich() throws Exception {
    KeyPair old = pair();
    KeyPair present = pair();
    List<SigningKey> keys = keys(pem(old), pem(present));
    byte[] bytes = Uploads.bytes(Kind.SPARSE);

    VerifiedArtifact artifact = verify(bytes, signature(present, bytes), keys);

    assertThat(artifact.signedBy()).contains(keys.get(1));
    assertThat(verify(bytes, signature(old, bytes) + "\n", keys).signedBy()).contains(keys.get(0));
  }

  @Test
  void withoutKeysASignatureIsNotLookedAt() throws Exception {
    byte[] bytes = Uploads.bytes(Kind.SPARSE);

    assertThat(verify(bytes, "nonsense", List.of()).signedBy()).isEmpty();
    assertThat(verify(bytes, "nonsense", List.of()).hasUncheckedSignature()).isTrue();
    assertThat(Uploads.verify(bytes).hasUncheckedSignature()).isFalse();
  }

  @Test
  void anUnsignedUploadIsRefusedBeforeItIsRead() throws Exception {
    List<SigningKey> keys = keys(pem(pair()));
    byte[] bytes = Uploads.bytes(Kind.SPARSE);

    Rejection refused =
        catchThrowableOfType(
            Rejection.class,
            () ->
                new Verifier(new Limits(10, () -> false), keys)
                    .verify(Uploads.of(bytes), new ByteArrayInputStream(new byte[0])));

    assertThat(refused.code()).isEqualTo("unsigned");
    assertThat(refused).hasMessageContaining(keys.get(0).fingerprint());
  }

  @Test
  void aSignatureOfOtherBytesOrByAnotherKeyOrOfNoFormIsWrong() throws Exception {
    KeyPair pair = pair();
    List<SigningKey> keys = keys(pem(pair));
    byte[] bytes = Uploads.bytes(Kind.SPARSE);
    byte[] der = Base64.getDecoder().decode(signature(pair, bytes));
    byte[] noSequence = Arrays.copyOf(der, der.length - 1);
    byte[] zeros = {0x30, 6, 2, 1, 0, 2, 1, 0};

    for (String wrong :
        List.of(
            signature(pair, Uploads.bytes(Kind.PLAIN)),
            signature(pair(), bytes),
            "no base64!",
            Base64.getEncoder().encodeToString(noSequence),
            Base64.getEncoder().encodeToString(zeros))) {
      Rejection refused = catchThrowableOfType(Rejection.class, () -> verify(bytes, wrong, keys));
      assertThat(refused).as(wrong).isNotNull();
      assertThat(refused.code()).isEqualTo("signature-wrong");
      assertThat(refused).hasMessageContaining(keys.get(0).fingerprint());
    }
  }

  @Test
  void theNextStepOfARefusalSignsAndUploads() throws Exception {
    Shell shell = shell("openssl");
    shell.run("openssl ecparam -name prime256v1 -genkey -noout -out signing-key.pem");
    shell.run("openssl pkey -in signing-key.pem -pubout -out public.pem");
    List<SigningKey> keys = keys(Files.readString(folder.resolve("public.pem")));
    byte[] bytes = Files.readAllBytes(tarball());
    Rejection unsigned = catchThrowableOfType(Rejection.class, () -> verify(bytes, "", keys));

    shell.run(unsigned.nextStep().replace(Uploads.OBJECT, "mir-riseos-2.tar.gz"));

    assertThat(verify(bytes, uploadedSignature(), keys).signedBy()).contains(keys.get(0));
  }

  @Test
  void readmesLinesSignWithOpenssl() throws Exception {
    Shell shell = shell("openssl", "jq");
    byte[] bytes = Files.readAllBytes(tarball());

    shell.run(readme("sign"));

    List<SigningKey> keys = keys(Files.readString(folder.resolve("signing-key.pub")));
    assertThat(verify(bytes, uploadedSignature(), keys).signedBy()).contains(keys.get(0));
    shell.run(
        "openssl pkey -pubin -in signing-key.pub -outform DER | sha256sum | cut -c 1-64 > print");
    assertThat(keys.get(0).fingerprint())
        .isEqualTo("sha256:" + Files.readString(folder.resolve("print")).strip());
  }

  /** cosign itself is not here: what stands in for it writes its two forms of a bundle. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"messageSignature\":"
            + "{\"messageDigest\":{\"algorithm\":\"SHA2_256\"},\"signature\":\"%s\"}}",
        "{\"base64Signature\":\"%s\",\"cert\":\"\"}"
      })
  void readmesLinesTakeTheSignatureOutOfCosignsBundle(String bundle) throws Exception {
    Shell shell = shell("openssl", "jq");
    shell.run("openssl ecparam -name prime256v1 -genkey -noout -out cosign.key");
    shell.run("openssl pkey -in cosign.key -pubout -out cosign.pub");
    byte[] bytes = Files.readAllBytes(tarball());
    Path cosign = folder.resolve("bin/cosign");
    Files.writeString(
        cosign,
        "#!/bin/sh\n[ \"$1 $2 $4\" = 'sign-blob --key --bundle' ] || exit 1\nprintf '"
            + bundle
            + "' \"$(openssl dgst -sha256 -sign \"$3\" \"$6\" | openssl base64 -A)\" > \"$5\"\n");
    assertThat(cosign.toFile().setExecutable(true)).isTrue();

    shell.run(readme("cosign"));

    List<SigningKey> keys = keys(Files.readString(folder.resolve("cosign.pub")));
    assertThat(verify(bytes, uploadedSignature(), keys).signedBy()).contains(keys.get(0));
  }

  private Shell shell(String... programs) throws IOException {
    Shell.need(programs);
    Shell shell = new Shell(folder);
    shell.installGsutil();
    return shell;
  }

  private Path tarball() throws IOException {
    return Files.write(folder.resolve("mir-riseos-2.tar.gz"), Uploads.bytes(Kind.SPARSE));
  }

  private String uploadedSignature() throws IOException {
    Matcher header = HEADER.matcher(Files.readString(folder.resolve("bucket/header")));
    assertThat(header.matches()).isTrue();
    return header.group(1);
  }

  /** The commands of the block of function/README.md that is marked with this word. */
  private static String readme(String word) throws IOException {
    String after = Files.readString(Path.of("README.md")).split("```sh " + word + "\n", 2)[1];
    return "set -e\n" + after.substring(0, after.indexOf("```"));
  }

  private static VerifiedArtifact verify(byte[] bytes, String signature, List<SigningKey> keys)
      throws IOException {
    Upload plain = Uploads.of(bytes);
    Upload signed =
        new Upload(
            plain.bucket(),
            plain.object(),
            plain.generation(),
            plain.timeCreated(),
            plain.sizeBytes(),
            plain.crc32c(),
            null,
            Map.of("signature", signature));
    return new Verifier(new Limits(10, () -> false), keys)
        .verify(signed, new ByteArrayInputStream(bytes));
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String signature(KeyPair pair, byte[] bytes) throws GeneralSecurityException {
    Signature ecdsa = Signature.getInstance("SHA256withECDSA");
    ecdsa.initSign(pair.getPrivate());
    ecdsa.update(bytes);
    return Base64.getEncoder().encodeToString(ecdsa.sign());
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8))
            .encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** As the function reads them. */
  private static List<SigningKey> keys(String... pems) {
    String list = Stream.of(pems).map(pem -> new JsonPrimitive(pem).toString()).toList().toString();
    String targets =
        "{\"site\": {\"prefix\": \"site-\", \"signingKeys\": "
            + list
            + ", \"groups\": [\"projects/demo/zones/z/instanceGroupManagers/g\"]}}";
    return Settings.read(
            Map.of(
                "PROJECT", "demo",
                "UPLOADS_BUCKET", "uploads",
                "RECORDS_BUCKET", "records",
                "PRIVATE_BUCKET", "private",
                "TARGETS", targets))
        .targets()
        .all()
        .get(0)
        .signingKeys();
  }
}
