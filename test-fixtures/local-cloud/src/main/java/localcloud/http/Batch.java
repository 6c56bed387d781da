package localcloud.http;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import localcloud.http.Multipart.Part;

/**
 * Several calls in one (Google's documentation, "Batch requests"): multipart/mixed, each part an
 * HTTP request of type application/http. One's refusal is no other's.
 */
final class Batch {
  private static final String BOUNDARY = "batch_slipway_local_cloud";

  private Batch() {}

  /** Asks {@code each} call of the batch in turn, and answers in their order. */
  static Answer answer(Request batch, Router.Action each) throws IOException {
    Multipart calls = Multipart.of(batch.header("Content-Type"), batch.content());
    StringBuilder answers = new StringBuilder();
    for (Optional<Part> call = calls.next(); call.isPresent(); call = calls.next()) {
      String id = String.valueOf(call.get().headers().getFirst("Content-ID"));
      Request one = request(call.get().content(), batch);
      answers
          .append("--" + BOUNDARY + "\r\nContent-Type: application/http\r\nContent-ID: ")
          .append(id.replaceFirst("<", "<response-"))
          .append("\r\n\r\n")
          .append(text(each.answer(one)))
          .append("\r\n");
    }
    answers.append("--" + BOUNDARY + "--\r\n");
    return Answer.text(200, "multipart/mixed; boundary=" + BOUNDARY, answers.toString());
  }

  /** A header of the batch holds for each call that does not say otherwise: so does its caller. */
  private static Request request(InputStream call, Request batch) throws IOException {
    String[] line = Multipart.line(call).split(" ", -1);
    if (line.length < 2) {
      throw Multipart.bad("a part is no HTTP request");
    }
    Headers headers = Multipart.headers(call);
    if (!headers.containsKey("Authorization") && batch.headers().containsKey("Authorization")) {
      headers.set("Authorization", batch.header("Authorization"));
    }
    InputStream body = new ByteArrayInputStream(call.readAllBytes());
    return Request.of(line[0], URI.create(line[1]), headers, batch.address()).withBody(body);
  }

  private static String text(Answer answer) throws IOException {
    String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    StringBuilder http = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
    answer.headers().forEach((name, value) -> http.append(name + ": " + value + "\r\n"));
    return http.append("Content-Length: " + answer.length() + "\r\n\r\n").append(body).toString();
  }
}
