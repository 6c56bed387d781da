package page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Google's JSON APIs, which are only read: what is sent is GET, or the POST of the two methods that
 * list by it, {@code listManagedInstances} and {@code entries:list}.
 */
final class Api {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient client;
  private final Token token;

  Api(Settings settings) {
    this.token = settings.token();
    boolean plain = settings.endpoints().storage().startsWith("http:");
    this.client =
        HttpClient.newBuilder()
            .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
            .connectTimeout(LIMIT)
            .build();
  }

  /**
   * What is asked.
   *
   * @param body of a POST; null for GET
   * @param permission what Google's reference says that it needs
   */
  record Question(String url, @Nullable JsonObject body, String permission) {
    static Question get(String url, String permission) {
      return new Question(url, null, permission);
    }
  }

  /**
   * What is answered.
   *
   * @param text empty unless the status is 200
   * @param generation of the object whose content it is; 0 otherwise
   */
  record Answer(String url, int status, String text, long generation) {
    boolean isThere() {
      return status == 200;
    }

    /** The JSON of an answer that must be there. */
    JsonObject json() throws Trouble {
      if (!isThere()) {
        throw Trouble.of("There is no " + url.replaceFirst("\\?.*", ""));
      }
      try {
        return JsonParser.parseString(text).getAsJsonObject();
      } catch (JsonParseException | IllegalStateException noObject) {
        throw Trouble.of("An answer is no JSON: " + text.substring(0, Math.min(80, text.length())));
      }
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** What was asked and will be answered. */
  @FunctionalInterface
  interface Asked {
    /**
     * All answers; 404 and 304 are answers too.
     *
     * @throws Trouble the first one, once all are there
     */
    List<Answer> answers() throws IOException, InterruptedException;
  }

  /** Asks all of these at once, and does not wait for the answers. */
  Asked ask(List<Question> questions) throws InterruptedException {
    try {
      List<CompletableFuture<HttpResponse<String>>> sent = send(questions);
      return () -> answers(questions, sent);
    } catch (IOException noToken) {
      return () -> {
        throw noToken;
      };
    }
  }

  private List<Answer> answers(
      List<Question> questions, List<CompletableFuture<HttpResponse<String>>> sent)
      throws IOException, InterruptedException {
    List<Answer> answers = received(questions, sent);
    if (answers.stream().anyMatch(answer -> answer.status() == 401)) {
      token.renew();
      answers = received(questions, send(questions));
    }
    List<Answer> good = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      good.add(checked(answers.get(i), questions.get(i)));
    }
    return good;
  }

  private List<CompletableFuture<HttpResponse<String>>> send(List<Question> questions)
      throws IOException, InterruptedException {
    String bearer = bearer();
    return questions.stream()
        .map(one -> client.sendAsync(request(one, bearer), BodyHandlers.ofString(UTF_8)))
        .toList();
  }

  private static List<Answer> received(
      List<Question> questions, List<CompletableFuture<HttpResponse<String>>> sent)
      throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      try {
        HttpResponse<String> answer = sent.get(i).get();
        answers.add(
            new Answer(
                questions.get(i).url(),
                answer.statusCode(),
                answer.body(),
                answer.headers().firstValueAsLong("x-goog-generation").orElse(0)));
      } catch (ExecutionException failed) {
        URI url = URI.create(questions.get(i).url());
        throw Trouble.of(url.getAuthority() + " does not answer: " + failed.getCause());
      }
    }
    return answers;
  }

  private String bearer() throws IOException, InterruptedException {
    try {
      return token.value();
    } catch (IOException none) {
      throw Trouble.ofToken(String.valueOf(none.getMessage()), token.account());
    }
  }

  private static HttpRequest request(Question question, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(question.url()))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + bearer);
    JsonObject body = question.body();
    return body == null
        ? request.build()
        : request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
  }

  private Answer checked(Answer answer, Question question) throws Trouble {
    return switch (answer.status()) {
      case 200 -> answer;
      case 304, 404 -> new Answer(answer.url(), answer.status(), "", 0);
      case 401 ->
          throw Trouble.ofToken(
              "Google takes this login for none: gcloud auth login", token.account());
      case 403 ->
          throw Trouble.refused(sentence(answer.text()), question.permission(), token.account());
      default ->
          throw Trouble.of(
              URI.create(question.url()).getAuthority()
                  + (" answers " + answer.status() + ": ")
                  + sentence(answer.text()));
    };
  }

  /** Google's words, of either kind of its envelopes. */
  private static String sentence(String body) {
    try {
      JsonElement error = JsonParser.parseString(body).getAsJsonObject().get("error");
      return error.getAsJsonObject().get("message").getAsString();
    } catch (RuntimeException otherwise) {
      return body.strip();
    }
  }
}
