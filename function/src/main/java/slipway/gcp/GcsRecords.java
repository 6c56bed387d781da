package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import slipway.record.DeploymentRecord;
import slipway.record.RecordJson;
import slipway.record.Records;
import slipway.time.CallOver;
import slipway.upload.Upload;

/** The records bucket through Google's client. */
final class GcsRecords implements Records {
  /** In bytes of UTF-8: Cloud Storage's limit for an object's name. */
  private static final int LONGEST_NAME = 1024;

  private static final String FOLDER = "deployments/";
  private static final Pattern NAME = Pattern.compile(FOLDER + "(.+)/([0-9]{1,18})\\.json");

  /** The largest page that Cloud Storage gives. */
  private static final int PAGE = 1000;

  /** So many generations of one object are read whole; most have one. */
  private static final int MOST_GENERATIONS = 100;

  /** How far back is looked for the generation before this one, of an object that has more. */
  private static final List<Duration> BACK = List.of(Duration.ofDays(1), Duration.ofDays(32));

  private static final BlobListOption FIELDS =
      BlobListOption.fields(BlobField.NAME, BlobField.METADATA);

  private final Storage storage;
  private final String bucket;

  GcsRecords(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public boolean hasRoomFor(Upload upload) {
    String name = name(upload.object(), Long.toString(upload.generation()));
    return name.getBytes(UTF_8).length <= LONGEST_NAME;
  }

  @Override
  public Optional<Stored> find(String object, long generation) {
    return stored(name(object, Long.toString(generation)));
  }

  private Optional<Stored> stored(String name) {
    return GcsText.read(storage, BlobId.of(bucket, name))
        .map(
            text ->
                new Stored(RecordJson.read(text.content()), text.generation(), text.writtenAt()));
  }

  /**
   * Names of generations are in the order of their times, since a generation counts microseconds:
   * seen everywhere and promised nowhere. If that were not so, more would be listed or less, of an
   * object that was written a hundred times and more.
   */
  @Override
  public List<Listed> ofObject(String object, long generation) {
    BlobListOption[] whole = {
      BlobListOption.prefix(FOLDER + object + "/"),
      BlobListOption.pageSize(MOST_GENERATIONS),
      FIELDS
    };
    Page<Blob> earliest = storage.list(bucket, whole);
    List<Blob> found = new ArrayList<>(values(earliest));
    for (int i = 0; i < BACK.size() && earliest.hasNextPage(); i++) {
      long since = Math.max(0, generation - TimeUnit.NANOSECONDS.toMicros(BACK.get(i).toNanos()));
      String first = name(object, Long.toString(since));
      List<Blob> latest =
          storage
              .list(bucket, whole[0], BlobListOption.startOffset(first), FIELDS)
              .streamAll()
              .toList();
      found.addAll(latest);
      String own = name(object, Long.toString(generation));
      if (latest.stream().anyMatch(blob -> blob.getName().compareTo(own) < 0)) {
        break;
      }
    }
    return found.stream().flatMap(GcsRecords::listed).distinct().toList();
  }

  @Override
  public Piece behind(String name) {
    Page<Blob> page =
        storage.list(
            bucket,
            BlobListOption.prefix(FOLDER),
            BlobListOption.startOffset(name),
            BlobListOption.pageSize(PAGE),
            FIELDS);
    List<Blob> blobs = behind(name, page);
    while (blobs.isEmpty() && page.hasNextPage()) {
      page = page.getNextPage();
      blobs = behind(name, page);
    }
    return new Piece(
        blobs.stream().flatMap(GcsRecords::listed).toList(),
        blobs.isEmpty() ? "" : blobs.get(blobs.size() - 1).getName());
  }

  private static List<Blob> behind(String name, Page<Blob> page) {
    return values(page).stream().filter(blob -> !blob.getName().equals(name)).toList();
  }

  private static List<Blob> values(Page<Blob> page) {
    return StreamSupport.stream(page.getValues().spliterator(), false).toList();
  }

  private static Stream<Listed> listed(Blob blob) {
    Matcher name = NAME.matcher(blob.getName());
    return name.matches()
        ? entry(blob).stream()
            .map(entry -> new Listed(name.group(1), Long.parseLong(name.group(2)), entry))
        : Stream.empty();
  }

  private static Optional<Entry> entry(Blob blob) {
    Map<String, String> metadata = blob.getMetadata();
    return metadata != null && metadata.containsKey("stage")
        ? Optional.of(RecordJson.ofFields(metadata, Entry.class))
        : Optional.empty();
  }

  @Override
  public Stored save(DeploymentRecord record, long generation) throws CallOver {
    String name = name(record.upload().object(), record.upload().generation());
    BlobInfo info =
        BlobInfo.newBuilder(BlobId.of(bucket, name))
            .setContentType("application/json")
            .setMetadata(RecordJson.fields(Entry.of(record)))
            .build();
    try {
      Blob blob =
          storage.create(
              info,
              RecordJson.write(record).getBytes(UTF_8),
              Storage.BlobTargetOption.generationMatch(generation));
      return new Stored(record, blob.getGeneration(), GcsText.writtenAt(blob));
    } catch (StorageException failed) {
      if (failed.getCode() != 412) {
        throw failed;
      }
      // The client may have written it, lost the answer, and tried again.
      return stored(name)
          .filter(found -> found.record().equals(record))
          .orElseThrow(
              () -> CallOver.taken(name + " was written by another call at the same time."));
    }
  }

  private static String name(String object, String generation) {
    return FOLDER + object + "/" + generation + ".json";
  }
}
