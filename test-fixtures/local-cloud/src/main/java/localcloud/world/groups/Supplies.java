package localcloud.world.groups;

import localcloud.world.healthchecks.HealthChecks;
import localcloud.world.images.Images;
import localcloud.world.instances.Machines;
import localcloud.world.templates.Templates;

/** What a group takes its instances from. */
public record Supplies(
    Images images,
    Templates templates,
    HealthChecks checks,
    Balancers balancers,
    Machines machines) {}
