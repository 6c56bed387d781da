package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.deployment.Orders;

/** What people ask, in the private bucket, through Google's client. */
final class GcsOrders implements Orders {
  private static final String FOLDER = "orders/";
  private static final String ANSWER = ".answer";

  /** The key of an answer's metadata that says which writing of the order it is for. */
  private static final String ORDER = "order-generation";

  /** In bytes; an id or a digest is far shorter. */
  private static final long LONGEST = 1000;

  private final Storage storage;
  private final String bucket;

  GcsOrders(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public Optional<Order> find(String target, Kind kind) {
    return Optional.ofNullable(storage.get(BlobId.of(bucket, name(target, kind)))).map(this::order);
  }

  @Override
  public Optional<String> hold(String target) {
    return Stream.of(name(target, Kind.HOLD), "targets/" + target + ".hold")
        .filter(name -> storage.get(BlobId.of(bucket, name)) != null)
        .findFirst()
        .map(this::url);
  }

  @Override
  public String url(String target, Kind kind) {
    return url(name(target, kind));
  }

  @Override
  public List<Order> unanswered() {
    Map<String, Blob> all = new HashMap<>();
    storage
        .list(bucket, Storage.BlobListOption.prefix(FOLDER))
        .streamAll()
        .forEach(blob -> all.put(blob.getName(), blob));
    return all.values().stream()
        .filter(blob -> !blob.getName().endsWith(ANSWER) && !blob.getName().endsWith("/"))
        .filter(blob -> !isAnsweredBy(all.get(blob.getName() + ANSWER), blob))
        .map(this::order)
        .toList();
  }

  @Override
  public void answer(Order order, String answer) {
    String name = order.url().substring(url("").length()) + ANSWER;
    storage.create(
        BlobInfo.newBuilder(bucket, name)
            .setContentType("text/plain; charset=utf-8")
            .setMetadata(Map.of(ORDER, Long.toString(order.generation())))
            .build(),
        (answer + "\n").getBytes(UTF_8));
  }

  private static boolean isAnsweredBy(@Nullable Blob answer, Blob order) {
    Map<String, String> metadata = answer == null ? null : answer.getMetadata();
    return metadata != null && Long.toString(order.getGeneration()).equals(metadata.get(ORDER));
  }

  private Order order(Blob blob) {
    String path = blob.getName().substring(FOLDER.length());
    int slash = path.indexOf('/');
    return new Order(
        slash < 0 ? "" : path.substring(0, slash),
        path.substring(slash + 1),
        url(blob.getName()),
        blob.getGeneration(),
        GcsText.writtenAt(blob),
        content(blob));
  }

  /** Nobody's mistake shall fill the function's memory. */
  private static String content(Blob blob) {
    return blob.getSize() > LONGEST
        ? blob.getSize() + " bytes"
        : new String(blob.getContent(Blob.BlobSourceOption.generationMatch()), UTF_8).strip();
  }

  private static String name(String target, Kind kind) {
    return FOLDER + target + "/" + kind;
  }

  private String url(String name) {
    return "gs://" + bucket + "/" + name;
  }
}
