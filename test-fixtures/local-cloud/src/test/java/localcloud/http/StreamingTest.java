package localcloud.http;

import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content eight times the server's heap goes in, is joined, and comes out again. */
class StreamingTest {
  private static final long SIZE = 256L << 20;

  @TempDir Path folder;
  private Process server;
  private String address;

  @BeforeEach
  void startServerWithLittleMemory() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-Dsurefire.forkNumber=" + System.getProperty("surefire.forkNumber", "1"),
            "-cp",
            System.getProperty("java.class.path"),
            StorageCloud.class.getName(),
            folder.toString());
    server = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = server.inputReader(StandardCharsets.UTF_8);
    address = String.valueOf(output.readLine());
    assertThat(address).startsWith("http://localhost:");
  }

  @AfterEach
  void stopServer() throws Exception {
    server.destroy();
    server.waitFor();
  }

  @Test
  void contentLargerThanTheServersHeapPassesThrough() throws Exception {
    try (Storage storage =
        StorageOptions.newBuilder()
            .setProjectId("demo")
            .setHost(address)
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService()) {
      String sent = upload(storage, "large");
      storage.compose(Storage.ComposeRequest.of(BUCKET, List.of("large"), "composed"));

      assertThat(download(storage, "large")).isEqualTo(sent);
      assertThat(download(storage, "composed")).isEqualTo(sent);
    }
  }

  private static String upload(Storage storage, String name) throws Exception {
    try (WriteChannel writer = storage.writer(BlobInfo.newBuilder(BUCKET, name).build());
        OutputStream out = Channels.newOutputStream(writer);
        HashingInputStream in = new HashingInputStream(Hashing.crc32c(), new Noise(SIZE))) {
      in.transferTo(out);
      return in.hash().toString();
    }
  }

  private static String download(Storage storage, String name) throws Exception {
    InputStream content = Channels.newInputStream(storage.reader(BlobId.of(BUCKET, name)));
    try (HashingInputStream in = new HashingInputStream(Hashing.crc32c(), content)) {
      assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(SIZE);
      return in.hash().toString();
    }
  }

  /** So many bytes that do not compress, made as they are read. */
  private static final class Noise extends InputStream {
    private final Random random = new Random(3);
    private long left;

    Noise(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? random.nextInt(256) : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      byte[] some = new byte[count];
      random.nextBytes(some);
      System.arraycopy(some, 0, buffer, offset, count);
      left -= count;
      return count;
    }
  }
}
