package localcloud.http;

import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.RewriteResponse;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import localcloud.storage.Copier;
import localcloud.storage.Links;
import localcloud.storage.ObjectKey;
import localcloud.storage.ObjectStore;

/** Objects' resources, and new objects made of what is stored. */
final class ObjectRoutes {
  private final ObjectStore store;
  private final Copier copier;
  private final DownloadRoute download;

  ObjectRoutes(ObjectStore store) {
    this.store = store;
    this.copier = new Copier(store);
    this.download = new DownloadRoute(store);
  }

  Answer list(Request request) throws IOException {
    Objects page = store.list(request.names().get(0), Parameters.list(request));
    if (page.getItems() != null) {
      page.getItems().forEach(object -> Links.at(request.address(), object));
    }
    return Answer.of(page);
  }

  /** The resource, or with {@code alt=media} the content. */
  Answer get(Request request) throws IOException {
    if (request.text("alt").equals("media")) {
      return download.answer(request);
    }
    return of(request, store.object(Parameters.key(request), Parameters.conditions(request)));
  }

  Answer patch(Request request) throws IOException {
    StorageObject patch = named(request);
    return of(request, store.patch(Parameters.key(request), patch, Parameters.conditions(request)));
  }

  /** Everything that a client may set and does not name is removed. */
  Answer update(Request request) throws IOException {
    StorageObject whole = named(request);
    return of(
        request, store.update(Parameters.key(request), whole, Parameters.conditions(request)));
  }

  private StorageObject named(Request request) throws IOException {
    StorageObject change = request.patch(StorageObject.class);
    checkAcl(request, "predefinedAcl", request.names().get(0), change);
    return change.setAcl(null);
  }

  private void checkAcl(Request request, String parameter, String bucket, StorageObject wanted) {
    Acls.check(store.bucket(bucket), request.text(parameter), wanted.getAcl());
  }

  Answer delete(Request request) throws IOException {
    store.delete(Parameters.key(request), Parameters.conditions(request));
    return Answer.empty(204, Map.of());
  }

  Answer compose(Request request) throws IOException {
    ComposeRequest parts = request.resource(ComposeRequest.class);
    List<String> names = request.names();
    checkOverwriting(request, names.get(0), names.get(1));
    StorageObject wanted =
        parts.getDestination() == null ? new StorageObject() : parts.getDestination();
    checkAcl(request, "destinationPredefinedAcl", names.get(0), wanted);
    return of(
        request, copier.compose(parts, names.get(0), names.get(1), Parameters.conditions(request)));
  }

  Answer copy(Request request) throws IOException {
    return of(request, copied(request));
  }

  /** Always done in one call. */
  Answer rewrite(Request request) throws IOException {
    StorageObject copy = copied(request);
    long size = copy.getSize().longValueExact();
    return Answer.of(
        new RewriteResponse()
            .setKind("storage#rewriteResponse")
            .setDone(true)
            .setObjectSize(size)
            .setTotalBytesRewritten(size)
            .setResource(Links.at(request.address(), copy)));
  }

  /** A copy within the bucket, whose source is gone. */
  Answer move(Request request) throws IOException {
    List<String> names = request.names();
    ObjectKey from = ObjectKey.live(names.get(0), names.get(1));
    StorageObject wanted = new StorageObject().setBucket(names.get(0)).setName(names.get(2));
    checkOverwriting(request, names.get(0), names.get(2));
    Copier.Source source = new Copier.Source(from, Parameters.sourceConditions(request));
    return of(request, copier.move(source, wanted, Parameters.conditions(request)));
  }

  private StorageObject copied(Request request) throws IOException {
    Parameters.refuseKeys(request);
    List<String> names = request.names();
    ObjectKey from = new ObjectKey(names.get(0), names.get(1), request.number("sourceGeneration"));
    StorageObject wanted =
        request.resource(StorageObject.class).setBucket(names.get(2)).setName(names.get(3));
    checkAcl(request, "destinationPredefinedAcl", names.get(2), wanted);
    wanted.setAcl(null);
    checkOverwriting(request, names.get(2), names.get(3));
    Copier.Source source = new Copier.Source(from, Parameters.sourceConditions(request));
    return copier.copy(source, wanted, Parameters.conditions(request));
  }

  private void checkOverwriting(Request request, String bucket, String name) {
    if (store.holds(bucket, name)) {
      request.permit().overwrite(bucket, name);
    }
  }

  private static Answer of(Request request, StorageObject object) throws IOException {
    return Answer.of(Links.at(request.address(), object));
  }
}
