package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/**
 * One generation, open for reading; stays readable when it is overwritten or deleted meanwhile.
 *
 * @param object its resource
 */
public record OpenObject(StorageObject object, SeekableByteChannel channel)
    implements AutoCloseable {
  /** Its content from this byte on; closing the stream closes the object. */
  public InputStream from(long offset) throws IOException {
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
