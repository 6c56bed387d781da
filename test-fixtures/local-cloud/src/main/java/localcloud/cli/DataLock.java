package localcloud.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import localcloud.assembly.CommandFault;
import localcloud.assembly.DataFolder;
import org.jspecify.annotations.Nullable;

/** One local cloud per data folder. The system takes the lock back when the process ends. */
final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  static DataLock take(DataFolder data, String down) throws IOException {
    Files.createDirectories(data.path());
    FileChannel channel = FileChannel.open(data.lock(), CREATE, WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw CommandFault.failed(
          "a local cloud already runs on %s, process id %s: stop it with%n  %s%n"
              + "or choose another folder with --data",
          data.path(), Files.readString(data.lock()).strip(), down);
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)));
    return new DataLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
