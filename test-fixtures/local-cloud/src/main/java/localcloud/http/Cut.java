package localcloud.http;

import java.io.IOException;

/** The connection is to end here, with nothing more said: whoever sees it answers nothing. */
final class Cut extends IOException {
  private static final long serialVersionUID = 1L;

  Cut() {
    super("the connection ends here, by a fault that was asked for");
  }
}
