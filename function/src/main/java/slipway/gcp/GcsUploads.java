package slipway.gcp;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import slipway.artifact.ArtifactSource;
import slipway.artifact.UploadGone;
import slipway.upload.Upload;

/** The uploads bucket through Google's client, which goes on where a connection broke. */
final class GcsUploads implements ArtifactSource {
  private final Storage storage;

  GcsUploads(Storage storage) {
    this.storage = storage;
  }

  @Override
  public InputStream open(Upload upload) {
    BlobId generation = BlobId.of(upload.bucket(), upload.object(), upload.generation());
    ReadChannel channel =
        storage.reader(generation, Storage.BlobSourceOption.shouldReturnRawInputStream(true));
    return new GenerationStream(Channels.newInputStream(channel), upload);
  }

  /** Tells a generation that is gone from a connection that is lost. */
  private static final class GenerationStream extends FilterInputStream {
    private final Upload upload;

    GenerationStream(InputStream in, Upload upload) {
      super(in);
      this.upload = upload;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException failed) {
        throw failed.getCause() instanceof StorageException storage ? told(storage) : failed;
      } catch (StorageException failed) {
        throw told(failed);
      }
    }

    /** A bucket that may not be read, or a key that is disabled, will not pass. */
    private IOException told(StorageException failed) {
      if (failed.getCode() == 404) {
        return new UploadGone(upload, failed);
      }
      Refusal.of(failed).raiseUnlessPassing("upload-unreadable", upload.object());
      return new IOException(failed);
    }
  }
}
