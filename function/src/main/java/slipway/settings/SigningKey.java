package slipway.settings;

import com.google.common.hash.Hashing;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key by which an uploader's signature is verified.
 *
 * @param key on the curve P-256
 * @param fingerprint {@code sha256:} and 64 hex digits, of the key's DER: {@code openssl pkey
 *     -pubin -in key.pem -outform DER | sha256sum}
 */
public record SigningKey(ECPublicKey key, String fingerprint) {
  /** What is wanted, for people. */
  static final String FORM = "the PEM of an ECDSA public key on the curve P-256 (BEGIN PUBLIC KEY)";

  private static final Pattern PEM =
      Pattern.compile("\\s*-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");

  private static final String PUBLIC = "PUBLIC KEY";

  /**
   * Reads PEM.
   *
   * @throws InvalidKeyException if it is anything else; the message says what, and never holds any
   *     of it, since it may be a private key
   */
  static SigningKey of(String pem) throws InvalidKeyException {
    Matcher parts = PEM.matcher(pem);
    if (!parts.matches()) {
      throw new InvalidKeyException("a text of " + pem.length() + " characters that is no PEM");
    }
    if (!parts.group(1).equals(PUBLIC)) {
      throw new InvalidKeyException("PEM of a " + parts.group(1));
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(parts.group(2));
      return of(
          (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der)));
    } catch (IllegalArgumentException | InvalidKeySpecException unreadable) {
      throw new InvalidKeyException("a public key of another kind, or a damaged one", unreadable);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime that Slipway runs on has EC", e);
    }
  }

  private static SigningKey of(ECPublicKey key) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec wanted = parameters.getParameterSpec(ECParameterSpec.class);
    ECParameterSpec found = key.getParams();
    if (!found.getCurve().equals(wanted.getCurve())
        || !found.getGenerator().equals(wanted.getGenerator())) {
      throw new InvalidKeySpecException("another curve");
    }
    return new SigningKey(key, "sha256:" + Hashing.sha256().hashBytes(key.getEncoded()));
  }
}
