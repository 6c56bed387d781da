package localcloud.world.operations;

/** What every new resource is given. */
public record Newborn(long id, String selfLink, String creationTimestamp) {}
