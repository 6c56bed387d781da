package slipway.fakes;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.deployment.Handoffs;
import slipway.upload.Handoff;
import slipway.upload.Upload;

/** The notes in the uploads bucket, and the events that they cause. */
public final class FakeHandoffs implements Handoffs {
  private final Map<String, Upload> notes = new LinkedHashMap<>();
  private final InstantSource clock;

  FakeHandoffs(InstantSource clock) {
    this.clock = clock;
  }

  /** The notes, in the order written: each is an event. */
  public List<Upload> events() {
    return List.copyOf(notes.values());
  }

  /** The event of the note written last. */
  public Upload last() {
    List<Upload> events = events();
    return events.get(events.size() - 1);
  }

  @Override
  public void write(Handoff note, Instant since) {
    Upload there = notes.get(note.name());
    boolean ours =
        there == null
            || there.metadata().equals(note.metadata()) && !there.timeCreated().isBefore(since);
    put(ours ? note.name() : note.name() + "/" + since.toEpochMilli(), note);
  }

  /** Somebody who may upload writes such a note. */
  public Upload forge(Handoff note) {
    put(note.name(), note);
    return last();
  }

  @Override
  public void writeAgain(Handoff note, long again) {
    put(note.name() + "/" + again, note);
  }

  private void put(String name, Handoff note) {
    notes.putIfAbsent(
        name,
        new Upload(
            "uploads",
            name,
            notes.size() + 1,
            clock.instant(),
            0,
            "AAAAAA==",
            null,
            note.metadata()));
  }
}
