package slipway.gcp;

import slipway.alarm.Monitoring;
import slipway.artifact.ArtifactSource;
import slipway.deployment.Handoffs;
import slipway.deployment.Orders;
import slipway.image.Images;
import slipway.image.ProvenStore;
import slipway.prune.Takeover;
import slipway.record.OpenMarkers;
import slipway.record.Records;
import slipway.rollback.Consoles;
import slipway.rollout.Groups;
import slipway.rollout.TargetStates;
import slipway.settings.Settings;
import slipway.template.Templates;
import slipway.time.CallTime;
import slipway.time.RunningTime;

/**
 * The outside world for one call of the function.
 *
 * @param uploads the uploads bucket
 * @param proven the private bucket
 * @param records the records bucket
 * @param open which deployments are open
 * @param handoffs notes in the uploads bucket
 * @param orders what people ask of targets
 * @param images images
 * @param templates instance templates
 * @param groups managed instance groups
 * @param monitoring alert policies and their alerts
 * @param targets the states of the targets
 * @param consoles where serial consoles are saved
 * @param takenOver how far the records of an earlier version were read
 */
public record Ports(
    ArtifactSource uploads,
    ProvenStore proven,
    Records records,
    OpenMarkers open,
    Handoffs handoffs,
    Orders orders,
    Images images,
    Templates templates,
    Groups groups,
    Monitoring monitoring,
    TargetStates targets,
    Consoles.Store consoles,
    Takeover.Cursor takenOver) {

  /** Google's services, with waits that end with this call. */
  public static Ports of(Clients clients, Settings settings, CallTime time) {
    String project = settings.project();
    RawCalls compute = new RawCalls(clients);
    Operations operations =
        new Operations(compute, project, time, RunningTime.of(settings.cloudClock()));
    Templates templates = new RawTemplates(compute, operations, project);
    GcsPrivate own = new GcsPrivate(clients, settings.buckets().proven());
    return new Ports(
        new GcsUploads(clients.storage()),
        new GcsProvenStore(clients.storage(), settings.buckets().proven()),
        new GcsRecords(clients.storage(), settings.buckets().records()),
        new GcsOpenMarkers(clients.storage(), settings.buckets().proven()),
        new GcsHandoffs(clients.storage(), settings.buckets().uploads()),
        new GcsOrders(clients.storage(), settings.buckets().proven()),
        new ComputeImages(compute, operations, project),
        templates,
        new ComputeGroups(compute, operations, templates, clients.architectures()),
        new CloudMonitoring(clients),
        own,
        own,
        new GcsCursor(clients.storage(), settings.buckets().proven()));
  }
}
