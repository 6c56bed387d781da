package localcloud.http;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.util.List;
import localcloud.storage.ListQuery;
import localcloud.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/** A bucket's objects as the XML API lists them. */
final class XmlListing {
  private XmlListing() {}

  /** The buckets themselves. */
  static Answer buckets(List<Bucket> buckets) {
    return Xml.document(
        "ListAllMyBucketsResult",
        all -> all.inside("Buckets", list -> buckets.forEach(each -> add(list, each))));
  }

  private static void add(Xml list, Bucket bucket) {
    list.inside(
        "Bucket",
        xml ->
            xml.add("Name", bucket.getName())
                .add("CreationDate", bucket.getTimeCreated().toStringRfc3339()));
  }

  /** Both versions of the listing: what they call their tokens differs. */
  static Answer of(ObjectStore store, String bucket, Request request) {
    boolean second = request.text("list-type").equals("2");
    @Nullable Long most = request.number("max-keys");
    String after = request.text(second ? "continuation-token" : "marker");
    ListQuery query =
        new ListQuery(
            request.text("prefix"),
            request.text("delimiter"),
            "",
            "",
            most == null ? 1000 : most.intValue(),
            after.isEmpty() ? null : second ? after : ListQuery.tokenAfter(after));
    Objects page = store.list(bucket, query);
    return Xml.document(
        "ListBucketResult",
        xml -> {
          xml.add("Name", bucket).add("Prefix", query.prefix());
          boolean more = page.getNextPageToken() != null;
          xml.add("IsTruncated", more);
          if (more) {
            String next = page.getNextPageToken();
            xml.add(
                second ? "NextContinuationToken" : "NextMarker",
                second ? next : ListQuery.nameOf(next));
          }
          items(page).forEach(object -> add(xml, object));
          (page.getPrefixes() == null ? List.<String>of() : page.getPrefixes())
              .forEach(each -> xml.inside("CommonPrefixes", one -> one.add("Prefix", each)));
        });
  }

  private static List<StorageObject> items(Objects page) {
    return page.getItems() == null ? List.of() : page.getItems();
  }

  private static void add(Xml list, StorageObject object) {
    list.inside(
        "Contents",
        xml ->
            xml.add("Key", object.getName())
                .add("Generation", object.getGeneration())
                .add("MetaGeneration", object.getMetageneration())
                .add("LastModified", object.getUpdated().toStringRfc3339())
                .add("ETag", XmlRoutes.etag(object))
                .add("Size", object.getSize())
                .add("StorageClass", object.getStorageClass()));
  }
}
