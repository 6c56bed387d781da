package slipway.fakes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;
import slipway.settings.TemplatePath;
import slipway.template.Templates;

/** Templates of the project demo, in a map. */
public final class FakeTemplates implements Templates {
  private final Map<TemplatePath, Source> templates = new LinkedHashMap<>();
  private Predicate<TemplatePath> inUse = path -> false;
  private @Nullable OperationFailed refusal;
  private Runnable afterInsert = () -> {};

  /** Puts a template there. */
  public void put(TemplatePath path, String json) {
    put(path, json, List.of());
  }

  /** The same with fields that no library knows. */
  public void put(TemplatePath path, String json, List<String> unknown) {
    templates.put(path, new Source(JsonParser.parseString(json).getAsJsonObject(), unknown));
  }

  /** Lets each insert fail so. */
  public void refuse(@Nullable OperationFailed failure) {
    refusal = failure;
  }

  /** What happens between the next insert and its answer. */
  public void afterNextInsert(Runnable event) {
    afterInsert = event;
  }

  /** The paths of all templates, in the order made. */
  public List<TemplatePath> paths() {
    return List.copyOf(templates.keySet());
  }

  /** Lets these not be deleted. */
  public void inUse(Predicate<TemplatePath> paths) {
    inUse = paths;
  }

  @Override
  public List<Listed> booting(String images) {
    return templates.entrySet().stream()
        .map(entry -> Listed.of(entry.getKey(), entry.getValue().json()))
        .filter(one -> one.images().stream().anyMatch(image -> image.value().matches(images)))
        .toList();
  }

  @Override
  public boolean delete(TemplatePath path) {
    if (inUse.test(path)) {
      return false;
    }
    templates.remove(path);
    return true;
  }

  @Override
  public Optional<Source> find(TemplatePath path) {
    return Optional.ofNullable(templates.get(path));
  }

  @Override
  public boolean insert(TemplatePath path, JsonObject template) throws OperationFailed {
    if (refusal != null) {
      throw refusal;
    }
    boolean made = templates.putIfAbsent(path, new Source(template, List.of())) == null;
    Runnable then = afterInsert;
    afterInsert = () -> {};
    then.run();
    return made;
  }
}
