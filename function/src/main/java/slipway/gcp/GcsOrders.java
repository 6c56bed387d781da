package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.deployment.Orders;

/** What people ask, in the private bucket, through Google's client. */
final class GcsOrders implements Orders {
  private static final String FOLDER = "orders/";
  private static final String ANSWER = ".answer";

  /** Where earlier versions had a hold: between these two stood the target. */
  private static final String EARLIER = "targets/";

  private static final String EARLIER_HOLD = ".hold";

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
  public Set<Kind> kinds(String target) {
    Set<String> names = names(FOLDER + target + "/");
    return Stream.of(Kind.values())
        .filter(kind -> names.contains(name(target, kind)))
        .collect(toSet());
  }

  @Override
  public Optional<String> earlierHold(String target) {
    String name = EARLIER + target + EARLIER_HOLD;
    return storage.get(BlobId.of(bucket, name)) == null ? Optional.empty() : Optional.of(url(name));
  }

  @Override
  public void moveEarlierHolds() {
    for (String name : names(EARLIER)) {
      if (name.endsWith(EARLIER_HOLD)) {
        move(name, name.substring(EARLIER.length(), name.length() - EARLIER_HOLD.length()));
      }
    }
  }

  private void move(String name, String target) {
    BlobId earlier = BlobId.of(bucket, name);
    BlobId now = BlobId.of(bucket, name(target, Kind.HOLD));
    try {
      Blob moved =
          storage
              .copy(
                  Storage.CopyRequest.newBuilder()
                      .setSource(earlier)
                      .setTarget(now, Storage.BlobTargetOption.doesNotExist())
                      .build())
              .getResult();
      if (!storage.delete(earlier)) {
        storage.delete(moved.getBlobId());
      }
    } catch (StorageException failed) {
      switch (failed.getCode()) {
        case 404 -> {
          // Let go meanwhile.
        }
        // A call that died had moved it, or there is another one.
        case 412 -> storage.delete(earlier);
        default -> throw failed;
      }
    }
  }

  private Set<String> names(String start) {
    return storage
        .list(bucket, BlobListOption.prefix(start), BlobListOption.fields(BlobField.NAME))
        .streamAll()
        .map(Blob::getName)
        .collect(toSet());
  }

  @Override
  public String url(String target, Kind kind) {
    return url(name(target, kind));
  }

  @Override
  public List<Order> unanswered() {
    Map<String, Blob> all = new HashMap<>();
    storage
        .list(bucket, BlobListOption.prefix(FOLDER))
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
