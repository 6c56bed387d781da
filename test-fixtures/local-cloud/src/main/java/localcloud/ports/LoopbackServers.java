package localcloud.ports;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/**
 * Makes the JDK's HTTP servers, on the loopback address, with limits that no crowd of clients on
 * one machine reaches. The JDK reads its settings once, before its first server: every server of a
 * process is made here.
 */
public final class LoopbackServers {
  /**
   * Connections that wait to be taken; Linux takes no more than net.core.somaxconn, 4096. Above it
   * Linux answers with SYN cookies, and resets a connection whose second segment comes before room
   * is made (tcp(7), tcp_syncookies; TcpExtSyncookiesFailed counts it): a POST, whose body is its
   * own segment, fails, and no client may send it again. The JDK's 50 are reached by 200 clients.
   */
  private static final int BACKLOG = 4096;

  static {
    // Without it each answer on a kept-alive connection waits 40 ms for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // The JDK closes the 201st idle connection and any after 30 s, and says so to nobody: a request
    // that is on its way there is lost. Now clients let go first: Java's after 20 minutes, Go's
    // after 90 s (docs of the module jdk.httpserver and of java.net.http).
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.idleInterval", "3600");
  }

  private LoopbackServers() {}

  /**
   * A server that has its port and is not started.
   *
   * @param port 0 takes a free one
   * @throws java.net.BindException if the port is in use
   */
  public static HttpServer http(int port) throws IOException {
    return HttpServer.create(address(port), BACKLOG);
  }

  /** The same over TLS. */
  public static HttpsServer https(int port, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(address(port), BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
