package localcloud.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import localcloud.world.refusals.ApiException;

/** Answers and refusals in the form of Cloud Storage's XML API, which is that of Amazon's S3. */
final class Xml {
  private final StringBuilder text = new StringBuilder();

  private Xml() {}

  /**
   * A document of this root. Those of uploads in parts are in another namespace than lists
   * (Google's documentation of each call), and Python's client reads them by it.
   */
  static Answer document(String root, Consumer<Xml> content) {
    Xml xml = new Xml();
    xml.text.append("<?xml version='1.0' encoding='UTF-8'?>");
    String space =
        root.contains("MultipartUpload")
            ? "http://s3.amazonaws.com/doc/2006-03-01/"
            : "http://doc.s3.amazonaws.com/2006-03-01";
    xml.inside(root + " xmlns='" + space + "'", content);
    return Answer.text(200, "application/xml; charset=UTF-8", xml.text.toString());
  }

  Xml inside(String element, Consumer<Xml> content) {
    text.append('<').append(element).append('>');
    content.accept(this);
    text.append("</").append(element.split(" ", 2)[0]).append('>');
    return this;
  }

  Xml add(String element, Object value) {
    return inside(element, xml -> xml.text.append(escaped(String.valueOf(value))));
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Google's documentation, "HTTP status and error codes for XML API". */
  static Answer refusal(ApiException refusal) {
    if (refusal.code() == 304) {
      return Answer.empty(304, Map.of());
    }
    String message = String.valueOf(refusal.getMessage());
    Xml xml = new Xml();
    xml.text.append("<?xml version='1.0' encoding='UTF-8'?>");
    xml.inside(
        "Error",
        error -> {
          error.add("Code", code(refusal)).add("Message", message);
          if (refusal instanceof XmlRefusal told) {
            error.add("Details", told.details());
          }
        });
    return Answer.text(refusal.code(), "application/xml; charset=UTF-8", xml.text.toString());
  }

  /** A reason that begins with a capital is this API's own word. */
  private static String code(ApiException refusal) {
    if (Character.isUpperCase(refusal.reason().charAt(0))) {
      return refusal.reason();
    }
    return switch (refusal.code()) {
      case 401 -> "AuthenticationRequired";
      case 403 -> "AccessDenied";
      case 404 ->
          String.valueOf(refusal.getMessage()).contains("bucket") ? "NoSuchBucket" : "NoSuchKey";
      case 409 ->
          String.valueOf(refusal.getMessage()).contains("empty")
              ? "BucketNotEmpty"
              : "BucketAlreadyOwnedByYou";
      case 412 -> "PreconditionFailed";
      case 416 -> "InvalidRange";
      case 400 -> "InvalidArgument";
      default -> "InternalError";
    };
  }

  /** The text of each element of this name, in order. 400 if the body is no XML. */
  static List<String> texts(InputStream body, String element) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    List<String> texts = new ArrayList<>();
    try {
      // The JDK's reader closes what it reads to its end, and the exchange wants to drain it.
      byte[] whole = body.readAllBytes();
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(whole));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && reader.getLocalName().equals(element)) {
          texts.add(reader.getElementText());
        }
      }
    } catch (XMLStreamException malformed) {
      throw new ApiException(400, "MalformedXML", "The XML you provided was not well-formed.");
    }
    return texts;
  }
}
