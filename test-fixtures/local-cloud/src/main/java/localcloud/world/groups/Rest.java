package localcloud.world.groups;

/** The two ways in which an instance of a group stands by without running. */
enum Rest {
  /** With its memory, which the local cloud forgets: a machine that is resumed boots. */
  SUSPENDED(
      "SUSPENDED",
      "SUSPENDING",
      new Step(Member.Action.SUSPENDING, "suspendInstances"),
      new Step(Member.Action.RESUMING, "resumeInstances")),
  /** Switched off. */
  STOPPED(
      "TERMINATED",
      "STOPPING",
      new Step(Member.Action.STOPPING, "stopInstances"),
      new Step(Member.Action.STARTING, "startInstances"));

  /** What the group does, and the method that asks for it. */
  record Step(Member.Action action, String method) {}

  /** Instance.status of one that has come to rest. */
  final String status;

  /** Instance.status on the way there. */
  final String onTheWay;

  /** The way there. */
  final Step begin;

  /** The way back. */
  final Step end;

  Rest(String status, String onTheWay, Step begin, Step end) {
    this.status = status;
    this.onTheWay = onTheWay;
    this.begin = begin;
    this.end = end;
  }
}
