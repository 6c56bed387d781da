package slipway.gcp;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What Google answered to a plain request, whatever its status.
 *
 * @param status the HTTP status
 * @param body as it came
 */
record HttpAnswer(int status, String body) {
  /** How a request is built. */
  interface Building {
    HttpRequest build() throws IOException;
  }

  /** Sends it; an answer that says no is an answer. */
  static HttpAnswer to(Building request) {
    try {
      HttpResponse response = request.build().setThrowExceptionOnExecuteError(false).execute();
      try {
        return new HttpAnswer(response.getStatusCode(), response.parseAsString());
      } finally {
        response.disconnect();
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  JsonObject json() {
    return JsonParser.parseString(body).getAsJsonObject();
  }

  /**
   * What was read; empty if it is not there.
   *
   * @param thing what was asked for, for messages
   */
  Optional<JsonObject> found(String thing) {
    if (status == 404) {
      return Optional.empty();
    }
    if (status != 200) {
      refusal().raiseIfForbidden(thing);
      throw new UncheckedIOException(
          new IOException(thing + ": HTTP " + status + ": " + refusal().message()));
    }
    return Optional.of(json());
  }

  Refusal refusal() {
    return Refusal.of(status, body);
  }
}
