package localcloud.world;

/** What every new resource is given. */
record Newborn(long id, String selfLink, String creationTimestamp) {}
