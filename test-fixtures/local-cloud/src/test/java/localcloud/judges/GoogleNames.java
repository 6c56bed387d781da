package localcloud.judges;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import localcloud.ports.LoopbackServers;

/**
 * The way to the local cloud for programs that know Google's names only and ask no one for another:
 * a proxy that they take from {@code HTTPS_PROXY}, behind which these names are the local cloud's.
 * All that it changes is the host that a request names.
 */
final class GoogleNames implements AutoCloseable {
  private static final String PASSWORD = "judges";
  private static final String NAMES =
      "san=dns:compute.googleapis.com,dns:storage.googleapis.com,dns:www.googleapis.com,"
          + "dns:oauth2.googleapis.com";

  /** Those that concern one connection only (RFC 9110, 7.6.1), and what the client sets itself. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "keep-alive");

  private final String cloud;
  private final Path pem;
  private final HttpsServer google;
  private final ServerSocket proxy = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool(GoogleNames::thread);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Starts it.
   *
   * @param cloud where the local cloud is, over HTTP
   * @param folder for its key
   */
  GoogleNames(String cloud, Path folder) throws Exception {
    this.cloud = cloud;
    this.pem = folder.resolve("google-names.pem");
    google = LoopbackServers.https(0, context(folder));
    google.setExecutor(threads);
    google.createContext("/", this::passOn);
    google.start();
    threads.submit(this::acceptAll);
  }

  /** What such a program needs in its environment. */
  Program lead(Program program) {
    return program
        .with("HTTPS_PROXY", "http://localhost:" + proxy.getLocalPort())
        .with("REQUESTS_CA_BUNDLE", pem.toString())
        .with("SSL_CERT_FILE", pem.toString());
  }

  private SSLContext context(Path folder) throws Exception {
    Path keys = folder.resolve("google-names.p12");
    String options =
        "-genkeypair -storetype PKCS12 -alias google -keyalg EC -groupname secp256r1"
            + " -dname CN=judges -ext bc:critical=ca:true -ext eku=serverAuth"
            + " -ext ku=digitalSignature,keyCertSign -storepass "
            + PASSWORD;
    Program keytool =
        Program.at(Path.of(System.getProperty("java.home"), "bin", "keytool"), folder);
    String[] fixed = (options + " -ext " + NAMES + " -keystore " + keys).split(" ", -1);
    keytool.succeed(fixed);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    String lines =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store.getCertificate("google").getEncoded());
    Files.writeString(
        pem, "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void acceptAll() {
    try {
      while (!proxy.isClosed()) {
        Socket accepted = proxy.accept();
        threads.submit(() -> tunnel(accepted));
      }
    } catch (IOException closed) {
      // As it is when the test is over.
    }
  }

  private Void tunnel(Socket accepted) throws IOException, InterruptedException {
    try (accepted;
        Socket server =
            new Socket(InetAddress.getLoopbackAddress(), google.getAddress().getPort())) {
      InputStream in = accepted.getInputStream();
      String head = "";
      while (!head.endsWith("\r\n\r\n")) {
        head += (char) in.read();
      }
      if (!head.startsWith("CONNECT ")) {
        throw new IOException("expected CONNECT, found " + head);
      }
      accepted
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread back = thread(() -> pipe(server, accepted));
      back.start();
      pipe(accepted, server);
      back.join();
    }
    return null;
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      // One side has gone; the other one sees that.
    }
  }

  private void passOn(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud + exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange.getRequestHeaders().forEach((name, values) -> copy(name, values, request::header));
    try (exchange) {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach((name, values) -> copy(name, values, exchange.getResponseHeaders()::add));
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (InterruptedException stopped) {
      throw new IOException("the proxy stops", stopped);
    }
  }

  /** Takes one header's one value. */
  private interface Header {
    void take(String name, String value);
  }

  private static void copy(String name, List<String> values, Header to) {
    if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
      values.forEach(value -> to.take(name, value));
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "google-names");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    google.stop(0);
    threads.shutdownNow();
  }
}
