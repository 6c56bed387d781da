package localcloud.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import localcloud.clock.ManualClock;
import localcloud.world.refusals.ApiException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store whose clock only the test moves, with one bucket: uploads. */
abstract class StoreFixture {
  static final Instant START = Instant.parse("2026-11-22T13:42:33.123456Z");
  static final long START_MICROS = 1_795_354_953_123_456L;

  @TempDir Path folder;
  final ManualClock clock = new ManualClock(START);
  final List<String> finalized = new ArrayList<>();
  ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    store = opened();
    store.insertBucket(new Bucket().setName("uploads"));
  }

  void reopen() throws IOException {
    store = opened();
  }

  private ObjectStore opened() throws IOException {
    return ObjectStore.open(
        folder, clock, object -> finalized.add(object.getName() + "#" + object.getGeneration()));
  }

  static AbstractThrowableAssert<?, ?> assertRefused(int code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  StorageObject put(String name, String content) throws IOException {
    return put(new StorageObject(), name, content);
  }

  StorageObject put(StorageObject wanted, String name, String content) throws IOException {
    return put(wanted, name, content, Conditions.NONE);
  }

  StorageObject put(StorageObject wanted, String name, String content, Conditions conditions)
      throws IOException {
    InputStream in = new ByteArrayInputStream(content.getBytes(UTF_8));
    return store.put(wanted.setBucket("uploads").setName(name), in, conditions);
  }

  StorageObject get(String name) {
    return store.object(ObjectKey.live("uploads", name), Conditions.NONE);
  }

  String read(String name) throws IOException {
    try (InputStream in = store.open("uploads", name).orElseThrow()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
