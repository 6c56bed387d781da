package localcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;

/**
 * A function to try the instances with: prints the object's data and its settings, throws for
 * objects named "throws", ends its process for those named "dies", and holds those named "waits".
 */
public final class EchoFunction implements CloudEventsFunction {
  @Override
  public void accept(CloudEvent event) throws Exception {
    String data = new String(requireNonNull(event.getData()).toBytes(), UTF_8);
    System.out.println("echo " + System.getenv("ECHO_SETTING") + " " + data);
    if (data.contains("\"name\":\"throws\"")) {
      throw new IllegalStateException("as asked");
    }
    if (data.contains("\"name\":\"dies\"")) {
      Runtime.getRuntime().halt(3);
    }
    if (data.contains("\"name\":\"waits\"")) {
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }
}
