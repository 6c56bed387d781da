package localcloud.http;

import com.google.api.services.storage.model.StorageObject;
import java.util.List;
import java.util.Locale;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** Reads the checksums that an uploader declares in headers. */
final class Checksums {
  private Checksums() {}

  /** Adds {@code x-goog-hash: crc32c=...,md5=...} and {@code Content-MD5} to what is wanted. */
  static void declare(Request request, StorageObject wanted) {
    for (String header : request.headers().getOrDefault("x-goog-hash", List.of())) {
      for (String sum : header.split(",", -1)) {
        declare(sum.strip(), wanted);
      }
    }
    if (!request.header("Content-MD5").isEmpty()) {
      declare("md5=" + request.header("Content-MD5"), wanted);
    }
  }

  private static void declare(String sum, StorageObject wanted) {
    String value = sum.substring(sum.indexOf('=') + 1);
    if (sum.startsWith("crc32c=")) {
      wanted.setCrc32c(same("crc32c", wanted.getCrc32c(), value));
    } else if (sum.startsWith("md5=")) {
      wanted.setMd5Hash(same("md5", wanted.getMd5Hash(), value));
    } else if (!sum.isEmpty()) {
      throw new ApiException(400, "invalid", "x-goog-hash '" + sum + "' is no crc32c= or md5=");
    }
  }

  private static String same(String sum, @Nullable String before, String now) {
    if (before != null && !before.equals(now)) {
      throw new ApiException(
          400,
          "invalid",
          String.format(Locale.ROOT, "Two different %s are declared: %s and %s", sum, before, now));
    }
    return now;
  }
}
