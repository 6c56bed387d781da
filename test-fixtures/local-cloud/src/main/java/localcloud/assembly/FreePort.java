package localcloud.assembly;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether a port can be had, before a process is started that would only fail on it. */
final class FreePort {
  private FreePort() {}

  /** Passes 0, which takes a free one. */
  static void require(int port, String option) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException taken) {
      throw CommandFault.failed(
          "Port %d (%s) is in use on 127.0.0.1: stop the program that holds it, or choose another"
              + " with %s N (0 takes a free one)",
          port, option, option);
    }
  }
}
