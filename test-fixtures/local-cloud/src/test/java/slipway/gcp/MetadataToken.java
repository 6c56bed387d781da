package slipway.gcp;

import com.google.auth.oauth2.ComputeEngineCredentials;
import java.io.IOException;

/** Prints the token that the metadata server gives, in a process that has the function's jar. */
public final class MetadataToken {
  private MetadataToken() {}

  /** Takes no arguments; the environment says where the metadata server is. */
  public static void main(String[] args) throws IOException {
    System.out.print(ComputeEngineCredentials.create().refreshAccessToken().getTokenValue());
  }
}
