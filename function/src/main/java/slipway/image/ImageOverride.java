package slipway.image;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Commands;
import slipway.fault.Finding;
import slipway.fault.Rejection;
import slipway.settings.ImageSettings;
import slipway.upload.Upload;

/** What an uploader says of one image, which goes before what the target's settings say of all. */
public final class ImageOverride {
  /** Keys of an upload's metadata, by those of {@code image} in a target's settings. */
  public static final Map<String, String> KEYS =
      Map.of("architecture", "architecture", "guestOsFeatures", "guest-os-features");

  private ImageOverride() {}

  /**
   * The settings with what this upload's metadata says instead.
   *
   * @throws Rejection if it says what no image can be
   */
  public static ImageSettings of(ImageSettings settings, Upload upload) {
    List<String> features = settings.guestOsFeatures();
    String architecture = settings.architecture();
    String saidFeatures = said(upload, "guestOsFeatures");
    if (saidFeatures != null) {
      features =
          Arrays.stream(saidFeatures.split(",", -1))
              .map(String::strip)
              .filter(one -> !saidFeatures.isBlank())
              .toList();
      if (!features.stream().allMatch(ImageSettings::isFeature)) {
        throw refused(upload, "guestOsFeatures", ImageSettings.FEATURES_FORM, saidFeatures);
      }
    }
    String saidArchitecture = said(upload, "architecture");
    if (saidArchitecture != null) {
      architecture = saidArchitecture;
      if (!ImageSettings.ARCHITECTURES.contains(architecture)) {
        throw refused(upload, "architecture", "ARM64 or X86_64", architecture);
      }
    }
    return settings.with(features, architecture);
  }

  private static @Nullable String said(Upload upload, String key) {
    return upload.metadata().get(KEYS.get(key));
  }

  private static Rejection refused(Upload upload, String key, String expected, String found) {
    return new Rejection(
        "image-metadata",
        new Finding("metadata " + KEYS.get(key) + " of " + upload.object(), expected, found),
        Commands.of(upload).send() + " # with it right, or without it");
  }
}
