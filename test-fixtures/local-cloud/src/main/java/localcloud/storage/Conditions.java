package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import java.util.List;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the live generation for a request to go ahead; null asks nothing.
 *
 * @param generation must be live; 0: no generation may be
 * @param notGeneration must not be live; 0: some generation must be
 * @param metageneration must be the live generation's
 * @param notMetageneration must not be it
 * @param etags one of them must be the live generation's, or be {@code *} (RFC 9110, 13.1.1)
 * @param notEtags none of them may be it, nor be {@code *} if there is one
 */
public record Conditions(
    @Nullable Long generation,
    @Nullable Long notGeneration,
    @Nullable Long metageneration,
    @Nullable Long notMetageneration,
    List<String> etags,
    List<String> notEtags) {
  /** Asks nothing. */
  public static final Conditions NONE = new Conditions(null, null, null, null);

  /** Without any by ETag. */
  public Conditions(
      @Nullable Long generation,
      @Nullable Long notGeneration,
      @Nullable Long metageneration,
      @Nullable Long notMetageneration) {
    this(generation, notGeneration, metageneration, notMetageneration, List.of(), List.of());
  }

  /** The condition {@code ifGenerationMatch}. */
  public static Conditions generation(long generation) {
    return new Conditions(generation, null, null, null);
  }

  /** Refuses a write with 412 if one does not hold. */
  void checkWrite(@Nullable StorageObject live) {
    if (!matches(live) || !differs(live)) {
      throw notMet(412);
    }
  }

  /** Refuses a read: 412 if a match fails, 304 if a "not match" does, as HTTP has it for GET. */
  void checkRead(StorageObject live) {
    if (!matches(live)) {
      throw notMet(412);
    }
    if (!differs(live)) {
      throw notMet(304);
    }
  }

  private boolean matches(@Nullable StorageObject live) {
    return (generation == null || generation == generationOf(live))
        && (metageneration == null || metageneration == metagenerationOf(live))
        && (etags.isEmpty() || names(etags, live));
  }

  private boolean differs(@Nullable StorageObject live) {
    return (notGeneration == null || notGeneration != generationOf(live))
        && (notMetageneration == null || notMetageneration != metagenerationOf(live))
        && (notEtags.isEmpty() || !names(notEtags, live));
  }

  private static boolean names(List<String> tags, @Nullable StorageObject live) {
    return live != null && (tags.contains("*") || tags.contains(live.getEtag()));
  }

  private static long generationOf(@Nullable StorageObject live) {
    return live == null ? 0 : live.getGeneration();
  }

  private static long metagenerationOf(@Nullable StorageObject live) {
    return live == null ? 0 : live.getMetageneration();
  }

  static ApiException notMet(int code) {
    return new ApiException(
        code, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }
}
