package slipway;

import slipway.alarm.AlarmStage;
import slipway.artifact.ArtifactStage;
import slipway.image.Family;
import slipway.image.ImageStage;
import slipway.prune.Prune;
import slipway.prune.Takeover;
import slipway.rollback.Consoles;
import slipway.rollback.Rollback;
import slipway.rollout.RolloutStage;
import slipway.rollout.TargetStates;
import slipway.template.TemplateStage;
import slipway.verdict.Watch;

/** The stages of a deployment, in their order. */
record Stages(
    ArtifactStage artifact,
    ImageStage image,
    TemplateStage template,
    RolloutStage rollout,
    AlarmStage alarm,
    TargetStates states,
    Watch watch,
    Family family,
    Consoles consoles,
    Rollback rollback,
    Prune prune,
    Takeover takeover) {}
