package slipway.fakes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.upload.DeploymentId;

/** Images in a map; each is READY at once. */
public final class FakeImages implements Images {
  private final Map<ImageName, Facts> images = new LinkedHashMap<>();
  private final Map<ImageName, String> families = new LinkedHashMap<>();
  private final Map<ImageName, String> replacements = new LinkedHashMap<>();
  private final List<String> sources = new ArrayList<>();
  private Runnable afterActivation = () -> {};
  private @Nullable OperationFailed refusal;
  private @Nullable OperationFailed deletionRefusal;

  /** Lets each insert fail so. */
  public void refuse(@Nullable OperationFailed failure) {
    refusal = failure;
  }

  /** Lets each deletion fail so. */
  public void refuseDeletion(OperationFailed failure) {
    deletionRefusal = failure;
  }

  /** Puts an image of somebody else there. */
  public void put(Facts facts) {
    images.put(facts.name(), facts);
  }

  /** What happens when the next image has just joined its family. */
  public void afterNextActivation(Runnable event) {
    afterActivation = event;
  }

  /** A person deletes it. */
  public void remove(String name) {
    images.remove(new ImageName(name));
  }

  /** The names of all images, in the order made. */
  public List<String> names() {
    return images.keySet().stream().map(ImageName::value).toList();
  }

  /** The tarballs that images were made from. */
  public List<String> sources() {
    return List.copyOf(sources);
  }

  /** What a deprecated image names as its replacement. */
  public Optional<String> replacementOf(String name) {
    return Optional.ofNullable(replacements.get(new ImageName(name)));
  }

  /** The image of this name. */
  public Optional<Facts> find(String name) {
    return find(new ImageName(name));
  }

  @Override
  public Optional<Facts> find(ImageName name) {
    return Optional.ofNullable(images.get(name));
  }

  @Override
  public void insert(Draft draft) throws OperationFailed {
    if (refusal != null) {
      throw refusal;
    }
    String url = "https://www.googleapis.com/compute/v1/projects/demo/global/images/";
    Facts made =
        new Facts(
            draft.name(),
            url + draft.name(),
            Status.READY,
            draft.settings().labels(),
            nextInstant(),
            null,
            draft.settings());
    if (images.putIfAbsent(draft.name(), made) == null) {
      sources.add(draft.source());
    }
  }

  private Instant nextInstant() {
    return Instant.EPOCH.plusSeconds(images.size());
  }

  @Override
  public List<Facts> namedFor(String target) {
    return images.values().stream()
        .filter(image -> image.name().value().matches(DeploymentId.patternFor(target)))
        .toList();
  }

  @Override
  public List<Facts> active(String family) {
    return images.values().stream()
        .filter(image -> family.equals(families.get(image.name())))
        .filter(image -> !replacements.containsKey(image.name()))
        .toList();
  }

  @Override
  public void activate(ImageName name, String family) {
    families.put(name, family);
    replacements.remove(name);
    markDeleteAfter(name, null);
    Runnable then = afterActivation;
    afterActivation = () -> {};
    then.run();
  }

  @Override
  public void deprecate(ImageName name, String replacement, @Nullable Instant deleteAfter) {
    replacements.put(name, replacement);
    markDeleteAfter(name, deleteAfter);
  }

  private void markDeleteAfter(ImageName name, @Nullable Instant deleteAfter) {
    images.computeIfPresent(
        name,
        (same, old) ->
            new Facts(
                name,
                old.url(),
                old.status(),
                old.labels(),
                old.createdAt(),
                deleteAfter,
                old.settings()));
  }

  @Override
  public void delete(ImageName name) throws OperationFailed {
    if (deletionRefusal != null) {
      throw deletionRefusal;
    }
    images.remove(name);
    families.remove(name);
    replacements.remove(name);
  }
}
