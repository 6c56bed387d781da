package slipway.fakes;

import java.time.Duration;
import java.util.List;
import slipway.settings.AlertPolicyPath;
import slipway.settings.GroupPath;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.settings.Targets;

/** {@link FakeWorld#SITE} with something changed. */
public final class SiteTarget {
  private static final Target SITE = FakeWorld.SITE;

  private String name = SITE.name();
  private List<GroupPath> groups = SITE.groups();
  private Target.Rolling rolling = SITE.rolling();
  private List<Target.Step> steps = SITE.steps();
  private Target.Approval approval = SITE.approval();
  private Target.Deadlines deadlines = SITE.deadlines();
  private int keep = SITE.keep();
  private List<AlertPolicyPath> alarms = SITE.alarms();
  private ImageSettings image = SITE.image();

  public SiteTarget name(String name) {
    this.name = name;
    return this;
  }

  public SiteTarget groups(GroupPath... groups) {
    this.groups = List.of(groups);
    return this;
  }

  public SiteTarget rolling(Target.Rolling rolling) {
    this.rolling = rolling;
    return this;
  }

  public SiteTarget canary(Target.Step only) {
    return steps(List.of(only));
  }

  public SiteTarget steps(List<Target.Step> steps) {
    this.steps = steps;
    return this;
  }

  public SiteTarget approvedWithin(Duration within) {
    approval = new Target.Approval(true, within);
    return this;
  }

  public SiteTarget deadlines(Target.Deadlines deadlines) {
    this.deadlines = deadlines;
    return this;
  }

  public SiteTarget keep(int keep) {
    this.keep = keep;
    return this;
  }

  public SiteTarget alarms(AlertPolicyPath... alarms) {
    this.alarms = List.of(alarms);
    return this;
  }

  public SiteTarget image(ImageSettings image) {
    this.image = image;
    return this;
  }

  /** The function's settings with it as the only target. */
  public Settings settings() {
    return FakeWorld.settings(
        new Targets(
            List.of(
                new Target(
                    name,
                    SITE.prefix(),
                    groups,
                    rolling,
                    steps,
                    approval,
                    deadlines,
                    SITE.maxDiskGib(),
                    keep,
                    SITE.signingKeys(),
                    SITE.baseTemplate(),
                    alarms,
                    SITE.unchecked(),
                    image))));
  }
}
