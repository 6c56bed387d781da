package slipway.artifact;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import slipway.settings.SigningKey;
import slipway.upload.Upload;

/**
 * Whether one of the target's keys signed the tarball: ECDSA with SHA-256, in DER and base64, as
 * {@code openssl dgst -sha256 -sign}, Cloud KMS and cosign make it. A target without keys asks for
 * none. That an older signed tarball comes again is no fault: it is the way back.
 */
final class SignatureCheck {
  /** The object's metadata that holds it. */
  static final String METADATA = "signature";

  private final List<SigningKey> keys;
  private final String signature;

  private SignatureCheck(List<SigningKey> keys, String signature) {
    this.keys = keys;
    this.signature = signature;
  }

  static SignatureCheck of(Upload upload, List<SigningKey> keys) {
    return new SignatureCheck(keys, upload.metadata().getOrDefault(METADATA, "").strip());
  }

  /** A signature that is missing is told before anything is read. */
  void requireSigned() {
    if (!keys.isEmpty() && signature.isEmpty()) {
      throw new Flaw(
          Reason.UNSIGNED,
          "the metadata \"" + METADATA + "\"",
          "the base64 of a signature by " + fingerprints(),
          "none");
    }
  }

  /**
   * The key that made the signature, empty if the target has no keys.
   *
   * @throws Flaw if none of them did
   */
  Optional<SigningKey> verify(Sha256 sha256) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    for (SigningKey key : keys) {
      if (isBy(key, sha256)) {
        return Optional.of(key);
      }
    }
    throw new Flaw(
        Reason.SIGNATURE_WRONG,
        "the signature",
        "one over sha256 " + sha256 + " by " + fingerprints(),
        "one over other bytes, by another key, or in another form than base64 of DER");
  }

  /** Over the digest, which the one pass over the bytes has made already. */
  private boolean isBy(SigningKey key, Sha256 sha256) {
    try {
      Signature ecdsa = Signature.getInstance("NONEwithECDSA");
      ecdsa.initVerify(key.key());
      ecdsa.update(sha256.bytes());
      return ecdsa.verify(Base64.getDecoder().decode(signature));
    } catch (SignatureException | IllegalArgumentException noSignature) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime that Slipway runs on has ECDSA", e);
    }
  }

  private String fingerprints() {
    List<String> all = keys.stream().map(SigningKey::fingerprint).toList();
    return "the key " + String.join(" or ", all);
  }
}
