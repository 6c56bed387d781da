package localcloud.world;

/** What a group takes its instances from. */
record Supplies(
    Images images,
    Templates templates,
    HealthChecks checks,
    Backends backends,
    Machines machines) {}
