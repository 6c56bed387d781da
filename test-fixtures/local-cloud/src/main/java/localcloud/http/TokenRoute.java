package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import localcloud.access.Access;

/**
 * Google's token endpoint, as far as gsutil needs it: standalone gsutil takes no access token, only
 * a refresh token that it exchanges at the boto file's {@code provider_token_uri} (RFC 6749,
 * section 6). Here the two are the same.
 */
public final class TokenRoute implements HttpHandler {
  private final Access access;

  /** Knows the identities of this. */
  public TokenRoute(Access access) {
    this.access = access;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Request request = Request.of(exchange);
    String form =
        new String(request.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    String token = Request.parse(form).getOrDefault("refresh_token", "");
    Answer answer =
        access.identity(token).isEmpty()
            ? Answer.json(
                400,
                Replies.toJson(
                    Map.of("error", "invalid_grant", "error_description", "Bad Request")))
            : Answer.json(
                200,
                Replies.toJson(
                    Map.of("access_token", token, "expires_in", 3599, "token_type", "Bearer")));
    answer.send(exchange);
  }
}
