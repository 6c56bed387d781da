package localcloud.http;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import localcloud.http.Multipart.Part;
import localcloud.world.ApiException;

/** Several calls in one, none of which moves content (Google's documentation, "Batch requests"). */
final class Batch {
  private static final String BOUNDARY = "batch_slipway_local_cloud";

  private final Router router;

  Batch(Router router) {
    this.router = router;
  }

  Answer answer(Request request) throws IOException {
    Multipart calls = Multipart.of(request.header("Content-Type"), request.content());
    StringBuilder answers = new StringBuilder();
    for (Optional<Part> call = calls.next(); call.isPresent(); call = calls.next()) {
      String id = String.valueOf(call.get().headers().getFirst("Content-ID"));
      answers
          .append("--" + BOUNDARY + "\r\nContent-Type: application/http\r\nContent-ID: ")
          .append(id.replaceFirst("<", "<response-"))
          .append("\r\n\r\n")
          .append(one(call.get().content(), request.address()))
          .append("\r\n");
    }
    answers.append("--" + BOUNDARY + "--\r\n");
    return Answer.text(200, "multipart/mixed; boundary=" + BOUNDARY, answers.toString());
  }

  private String one(InputStream call, String address) throws IOException {
    String[] line = Multipart.line(call).split(" ", -1);
    if (line.length < 2) {
      throw Multipart.bad("a part is no HTTP request");
    }
    Headers headers = Multipart.headers(call);
    InputStream body = new ByteArrayInputStream(call.readAllBytes());
    Request request = Request.of(line[0], URI.create(line[1]), headers, address).withBody(body);
    Answer answer = answerOf(request);
    String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    StringBuilder http = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
    answer.headers().forEach((name, value) -> http.append(name + ": " + value + "\r\n"));
    return http.append("Content-Length: " + answer.length() + "\r\n\r\n").append(text).toString();
  }

  /** A refusal is that call's own answer; only what the local cloud has not fails the batch. */
  private Answer answerOf(Request request) throws IOException {
    if (!request.path().startsWith("/storage/v1/") || request.text("alt").equals("media")) {
      return Answer.of(
          new ApiException(400, "badRequest", "No call for content in a batch: " + request.path()));
    }
    try {
      return router.answer(request);
    } catch (ApiException refusal) {
      if (refusal.code() == 501) {
        throw refusal;
      }
      return Answer.of(refusal);
    }
  }
}
