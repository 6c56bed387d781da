package localcloud.ports;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A free port for a process that is started on it. Nobody who asks for any free port is given it
 * while this is open; a server that sets SO_REUSEADDR, as Jetty, Netty and QEMU do, may listen on
 * it, since this does not (socket(7): rebinding is refused to a port that listens, and only to
 * that).
 */
public final class ReservedPort implements Closeable {
  private final Socket socket = new Socket();

  /**
   * Takes one.
   *
   * @throws IOException if none is left
   */
  public ReservedPort() throws IOException {
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Which it is, also once this is closed. */
  public int number() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
