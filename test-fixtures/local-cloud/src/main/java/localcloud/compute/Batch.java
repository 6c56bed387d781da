package localcloud.compute;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.ApiException;

/**
 * Several calls in one: multipart/mixed, each part an HTTP request of type application/http. gcloud
 * sends two or more calls of one command so, with plain line feeds.
 */
final class Batch {
  private static final Pattern BOUNDARY = Pattern.compile(".*boundary=\"?([^\";]+)\"?.*");
  private static final Pattern ID = Pattern.compile("(?im)^content-id:\\s*<?([^>\\n]*)>?\\s*$");
  private static final Pattern REQUEST = Pattern.compile("(?s)^([A-Z]+) (\\S+) HTTP/1\\.1\\n.*");
  private static final String ANSWER_BOUNDARY = "batch_localcloud";

  private Batch() {}

  static ApiAnswer answer(ApiCall batch, Function<ApiCall, ApiAnswer> each) {
    Matcher boundary = BOUNDARY.matcher(batch.contentType());
    if (!boundary.matches()) {
      return Envelopes.error(
          new ApiException(400, "badRequest", "A batch needs a multipart boundary."), List.of());
    }
    String text = new String(batch.body(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    StringBuilder answers = new StringBuilder();
    List<ApiAnswer.Unknown> unknown = new ArrayList<>();
    for (String part : text.split("\n?--" + Pattern.quote(boundary.group(1)), -1)) {
      int head = part.indexOf("\n\n");
      if (head >= 0 && !part.startsWith("--")) {
        ApiAnswer one = answerPart(part.substring(head + 2).stripLeading(), each);
        unknown.addAll(one.unknown());
        append(answers, part.substring(0, head), one);
      }
    }
    answers.append("--").append(ANSWER_BOUNDARY).append("--\r\n");
    return new ApiAnswer(
        200,
        "multipart/mixed; boundary=" + ANSWER_BOUNDARY,
        answers.toString().getBytes(StandardCharsets.UTF_8),
        unknown);
  }

  private static ApiAnswer answerPart(String request, Function<ApiCall, ApiAnswer> each) {
    Matcher parsed = REQUEST.matcher(request);
    if (!parsed.matches()) {
      return Envelopes.error(
          new ApiException(400, "badRequest", "A part of the batch is not an HTTP request."),
          List.of());
    }
    int blank = request.indexOf("\n\n");
    String body = blank < 0 ? "" : request.substring(blank + 2).strip();
    String url = parsed.group(2).replaceFirst("^https?://[^/]+", "");
    int mark = url.indexOf('?');
    return each.apply(
        new ApiCall(
            parsed.group(1).toUpperCase(Locale.ROOT),
            mark < 0 ? url : url.substring(0, mark),
            mark < 0 ? "" : url.substring(mark + 1),
            "application/json",
            body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void append(StringBuilder answers, String partHead, ApiAnswer one) {
    Matcher id = ID.matcher(partHead);
    answers.append("--").append(ANSWER_BOUNDARY).append("\r\nContent-Type: application/http\r\n");
    if (id.find()) {
      answers.append("Content-ID: <response-").append(id.group(1)).append(">\r\n");
    }
    String body = new String(one.body(), StandardCharsets.UTF_8);
    answers
        .append("\r\nHTTP/1.1 ")
        .append(one.status())
        .append(one.status() < 300 ? " OK" : " Error")
        .append("\r\nContent-Type: ")
        .append(one.contentType())
        .append("\r\nContent-Length: ")
        .append(one.body().length)
        .append("\r\n\r\n")
        .append(body)
        .append("\r\n");
  }
}
