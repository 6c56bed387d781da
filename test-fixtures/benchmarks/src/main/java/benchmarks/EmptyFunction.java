package benchmarks;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Does nothing but make one call with the JDK's client: the least that any function takes. */
public final class EmptyFunction implements CloudEventsFunction {
  @Override
  public void accept(CloudEvent event) throws IOException {
    URI url =
        URI.create(
            System.getenv("STORAGE_ENDPOINT")
                + "/storage/v1/b/"
                + System.getenv("UPLOADS_BUCKET")
                + "/o");
    HttpURLConnection call = (HttpURLConnection) url.toURL().openConnection();
    call.getResponseCode();
  }
}
