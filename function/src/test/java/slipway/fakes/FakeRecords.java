package slipway.fakes;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import slipway.record.DeploymentRecord;
import slipway.record.RecordJson;
import slipway.record.Records;
import slipway.time.CallOver;
import slipway.upload.Upload;

/** The records bucket: JSON texts with generations. */
public final class FakeRecords implements Records {
  private final Map<String, String> json = new TreeMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final Map<String, Instant> times = new HashMap<>();
  private final InstantSource clock;
  private boolean endKills;

  FakeRecords(InstantSource clock) {
    this.clock = clock;
  }

  /** The next call that comes to an end dies as soon as that is written. */
  public void dieAtTheNextEnd() {
    endKills = true;
  }

  /** What a call dies of; nothing catches it. */
  public static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Puts a record there that another version wrote. */
  public void put(Upload upload, String record) {
    json.put(upload.object() + upload.generation(), record);
    generations.put(upload.object() + upload.generation(), 1L);
    times.put(upload.object() + upload.generation(), clock.instant());
  }

  /** The record's JSON, or nothing if there is no record. */
  public Optional<String> json(Upload upload) {
    return Optional.ofNullable(json.get(upload.object() + upload.generation()));
  }

  /** The record. */
  public DeploymentRecord record(Upload upload) {
    return find(upload.object(), upload.generation()).orElseThrow().record();
  }

  @Override
  public boolean hasRoomFor(Upload upload) {
    return upload.object().length() < 1000;
  }

  @Override
  public Optional<Stored> find(String object, long generation) {
    return stored(object + generation);
  }

  private Optional<Stored> stored(String key) {
    return Optional.ofNullable(json.get(key))
        .map(
            text ->
                new Stored(
                    RecordJson.read(text),
                    generations.getOrDefault(key, 0L),
                    times.getOrDefault(key, clock.instant())));
  }

  @Override
  public List<Listed> ofObject(String object, long generation) {
    return json.values().stream()
        .map(RecordJson::read)
        .filter(record -> record.upload().object().equals(object))
        .map(FakeRecords::listed)
        .toList();
  }

  /** The records of all deployments that have something left to do. */
  public List<Stored> open() {
    return json.keySet().stream()
        .flatMap(key -> stored(key).stream())
        .filter(stored -> stored.record().isOpen())
        .toList();
  }

  /** Two at a time. */
  @Override
  public Piece behind(String name) {
    List<String> names =
        json.keySet().stream().filter(key -> key.compareTo(name) > 0).limit(2).toList();
    List<Listed> records =
        names.stream()
            .map(key -> RecordJson.read(json.getOrDefault(key, "")))
            .map(FakeRecords::listed)
            .toList();
    return new Piece(records, names.isEmpty() ? "" : names.get(names.size() - 1));
  }

  private static Listed listed(DeploymentRecord record) {
    return new Listed(
        record.upload().object(),
        Long.parseLong(record.upload().generation()),
        RecordJson.ofFields(RecordJson.fields(Entry.of(record)), Entry.class));
  }

  @Override
  public Stored save(DeploymentRecord record, long generation) throws CallOver {
    String key = record.upload().object() + record.upload().generation();
    long present = generations.getOrDefault(key, 0L);
    if (present != generation) {
      throw CallOver.taken(key + " was written by another call at the same time.");
    }
    json.put(key, RecordJson.write(record));
    generations.put(key, present + 1);
    times.put(key, clock.instant());
    if (endKills && record.stage().isTerminal()) {
      endKills = false;
      throw new Died();
    }
    return stored(key).orElseThrow();
  }
}
