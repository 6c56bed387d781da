package localcloud.world.passive;

/**
 * A kind of resource that is kept and handed back, and that nothing here acts on.
 *
 * @param service Google's name for its methods, such as UrlMaps
 * @param collection as in links: urlMaps
 * @param word as Google's error texts have it: url_map
 */
public record PassiveKind(String service, String collection, String word) {}
