package localcloud.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The local cloud's own TLS certificate for localhost: made once per data folder, self-signed. */
public final class Certificate {
  private static final String ALIAS = "localhost";

  /** PKCS12 wants one; it protects nothing, the folder's permissions do. */
  private static final String PASSWORD = "local-cloud";

  /** Marked as an authority too: strict clients take a trusted root for nothing less. */
  private static final List<String> KEY_PAIR =
      List.of(
          ("-storetype PKCS12 -alias localhost -keyalg EC -groupname secp256r1 -validity 3650"
                  + " -ext san=dns:localhost,ip:127.0.0.1 -ext bc:critical=ca:true"
                  + " -ext ku=digitalSignature,keyCertSign -ext eku=serverAuth")
              .split(" ", -1));

  private final KeyStore store;
  private final Path pem;

  private Certificate(KeyStore store, Path pem) {
    this.store = store;
    this.pem = pem;
  }

  /**
   * Reads the key pair in this folder, or makes one with the JDK's keytool.
   *
   * @throws IOException if keytool fails (its output is in the message) or a file is unreadable
   * @throws InterruptedException if interrupted while keytool runs
   */
  public static Certificate in(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path keys = folder.resolve("localhost.p12");
    if (!Files.exists(keys)) {
      Path fresh = folder.resolve("localhost.p12.new");
      Files.deleteIfExists(fresh);
      makeKeys(fresh);
      Files.move(fresh, keys, StandardCopyOption.ATOMIC_MOVE);
    }
    try (InputStream in = Files.newInputStream(keys)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      Path pem = folder.resolve("localhost.pem");
      Files.writeString(pem, pem(store.getCertificate(ALIAS).getEncoded()));
      return new Certificate(store, pem.toAbsolutePath());
    } catch (GeneralSecurityException broken) {
      throw new IOException(keys + " cannot be read; delete it and start again", broken);
    }
  }

  /**
   * The absolute path of the certificate alone, for clients to trust: gsutil takes it from
   * CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE.
   */
  public Path pem() {
    return pem;
  }

  /** For servers that show it, and for clients that trust nothing else. */
  SSLContext context() throws IOException {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new IOException("TLS cannot be set up: " + broken.getMessage(), broken);
    }
  }

  private static void makeKeys(Path file) throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair"));
    command.addAll(KEY_PAIR);
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    command.addAll(List.of("-dname", "CN=Slipway local cloud"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(keytool + " could not make a key pair: " + output.strip());
    }
  }

  private static String pem(byte[] certificate) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }
}
