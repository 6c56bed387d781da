package localcloud.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ReservedPortTest {
  @Test
  void isListenedOnByAServerThatReusesAddressesAndByNoOther() throws Exception {
    try (ReservedPort reserved = new ReservedPort()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), reserved.number());
      try (ServerSocket other = new ServerSocket()) {
        other.setReuseAddress(false);
        assertThatThrownBy(() -> other.bind(address)).isInstanceOf(BindException.class);
      }
      try (ServerSocket jetty = new ServerSocket()) {
        jetty.setReuseAddress(true);
        jetty.bind(new InetSocketAddress(reserved.number()));
        assertThat(jetty.getLocalPort()).isEqualTo(reserved.number());
      }
    }
  }
}
