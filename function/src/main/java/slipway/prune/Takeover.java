package slipway.prune;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Sha256;
import slipway.deployment.CallContext;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.record.Records;
import slipway.record.Records.Entry;
import slipway.rollout.Made;
import slipway.rollout.TargetState;
import slipway.rollout.TargetStates;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.upload.DeploymentId;

/**
 * Takes over what an earlier version left, which found everything by its records: reads them once,
 * and notes what is open and what was made. It goes on where an earlier call came to its end, and a
 * piece that is read twice does no harm.
 */
public final class Takeover {
  private final Images images;
  private final Templates templates;
  private final TargetStates states;
  private final Cursor cursor;

  public Takeover(Images images, Templates templates, TargetStates states, Cursor cursor) {
    this.images = images;
    this.templates = templates;
    this.states = states;
    this.cursor = cursor;
  }

  /** How far the records were read: {@code takeover.json} in the private bucket. */
  public interface Cursor {
    /** As it is now; at the beginning, with generation 0, if there is none. */
    Position find();

    /**
     * Writes it if its generation still is that of the position.
     *
     * @return the position as it is stored now; empty if another call wrote it
     */
    Optional<Position> save(Position position);

    /**
     * How far.
     *
     * @param behind the name of the last record that was read; empty at the beginning
     * @param done whether all were read, and nothing is left to do
     * @param generation of the cursor's object
     */
    record Position(String behind, boolean done, long generation) {}
  }

  /** Goes on until all is taken over, the call's time ends, or another call is at it too. */
  public void goOn(CallContext context) throws IOException {
    Cursor.Position at = cursor.find();
    Found found = new Found();
    while (!at.done() && !context.time().isOver()) {
      Records.Piece piece = context.records().behind(at.behind());
      boolean last = piece.last().isEmpty();
      if (last) {
        complete(context);
      } else {
        take(piece.records(), found, context);
      }
      Cursor.Position next =
          new Cursor.Position(last ? at.behind() : piece.last(), last, at.generation());
      Optional<Cursor.Position> written = cursor.save(next);
      if (written.isEmpty()) {
        return;
      }
      at = written.get();
    }
  }

  private void take(List<Records.Listed> piece, Found found, CallContext context)
      throws IOException {
    Map<String, List<Made>> made = new HashMap<>();
    for (Records.Listed one : piece) {
      Entry entry = one.entry();
      if (entry.open()) {
        context.open().put(entry.id(), one.object(), one.generation());
      }
      if (entry.target() != null && entry.stage().isTerminal()) {
        found
            .of(entry.target())
            .made(entry)
            .ifPresent(
                left -> made.computeIfAbsent(entry.target(), any -> new ArrayList<>()).add(left));
      }
    }
    for (Map.Entry<String, List<Made>> target : made.entrySet()) {
      states.change(target.getKey(), state -> joined(state, target.getValue()));
    }
  }

  /** What is known of a deployment already is newer than its record. */
  private static TargetState joined(TargetState state, List<Made> found) {
    TargetState next = state;
    for (Made one : found) {
      boolean known =
          next.known().stream().anyMatch(other -> other.deployment().equals(one.deployment()));
      next = known ? next : next.with(one);
    }
    return next;
  }

  /** From here on each state tells all; what is blocked gets its objects first, and holds move. */
  private void complete(CallContext context) throws IOException {
    context.orders().moveEarlierHolds();
    for (String target : states.names()) {
      for (Sha256 digest : states.find(target).state().blocked()) {
        states.block(target, digest, true);
      }
      states.change(target, TargetState::completed);
    }
  }

  /** What there is in Compute Engine of each target: listed once in a call, when it is needed. */
  private final class Found {
    private final Map<String, OfTarget> targets = new HashMap<>();

    OfTarget of(String target) {
      return targets.computeIfAbsent(
          target,
          name ->
              new OfTarget(
                  images.namedFor(name).stream().collect(toMap(Images.Facts::name, facts -> facts)),
                  templates.booting(DeploymentId.patternFor(name))));
    }
  }

  /** What there is of one target. */
  private record OfTarget(Map<ImageName, Images.Facts> images, List<Templates.Listed> templates) {
    /** What this deployment made, if anything of it is still there. */
    Optional<Made> made(Entry entry) {
      ImageName image = entry.image() == null ? new ImageName(entry.id()) : entry.image();
      List<TemplatePath> paths =
          templates.stream()
              .map(Templates.Listed::path)
              .filter(
                  path ->
                      DeploymentId.ofTemplate(path.name()).filter(entry.id()::equals).isPresent())
              .toList();
      Images.Facts there = images.get(image);
      Sha256 sha256 = entry.sha256();
      if (sha256 == null || there == null && paths.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Made(
              entry.id(),
              fate(entry, there),
              entry.since(),
              image,
              sha256,
              paths,
              there == null ? null : there.deleteAfter()));
    }

    /** One whose image is gone cannot be gone back to. */
    private static Made.Fate fate(Entry entry, Images.@Nullable Facts there) {
      if (entry.isOvertaken()) {
        return Made.Fate.OVERTAKEN;
      }
      return entry.isGood() && there != null ? Made.Fate.GOOD : Made.Fate.UNUSED;
    }
  }
}
