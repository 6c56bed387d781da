package localcloud.compute;

import java.util.Map;

/**
 * One request, free of any server's types.
 *
 * @param verb GET, POST, PATCH, PUT or DELETE: what X-HTTP-Method-Override says, if it was sent
 * @param path as sent, still percent-encoded
 * @param query parameters, decoded
 * @param body inflated; empty if there is none
 */
public record ApiCall(String verb, String path, Map<String, String> query, byte[] body) {}
