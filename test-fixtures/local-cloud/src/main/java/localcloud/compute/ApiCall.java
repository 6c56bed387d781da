package localcloud.compute;

/**
 * One request, free of any server's types.
 *
 * @param verb GET, POST, PATCH, PUT or DELETE: what X-HTTP-Method-Override says, if it was sent
 * @param path as sent, still percent-encoded
 * @param query as sent, without the question mark; empty if there is none
 * @param contentType of the body; empty if there is none
 * @param body inflated; empty if there is none
 */
public record ApiCall(String verb, String path, String query, String contentType, byte[] body) {}
