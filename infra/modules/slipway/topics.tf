locals {
  # Who publishes to which topic.
  publishers = merge(
    # Events that nobody could work on for a day. The trigger makes its subscription itself and has no
    # argument for this: the output dead_letter_command joins the two.
    { dead-events = local.agents.pubsub },
    # Lines of the function's log, for whatever shall react to a deployment.
    { for sink in google_logging_project_sink.events : "events" => sink.writer_identity },
  )
}

resource "google_pubsub_topic" "slipway" {
  for_each = toset(concat(["dead-events"], var.published == null ? [] : ["events"]))

  project                    = var.project
  name                       = "${var.name}-${each.key}"
  labels                     = var.labels
  message_retention_duration = "604800s"
  depends_on                 = [google_project_service.used]
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = google_pubsub_topic.slipway

  project = var.project
  topic   = each.value.name
  role    = "roles/pubsub.publisher"
  member  = local.publishers[each.key]
}

# Keeps dead events until somebody looks.
resource "google_pubsub_subscription" "dead" {
  project                    = var.project
  name                       = google_pubsub_topic.slipway["dead-events"].name
  topic                      = google_pubsub_topic.slipway["dead-events"].id
  labels                     = var.labels
  message_retention_duration = "604800s"
  ack_deadline_seconds       = 60

  expiration_policy {
    ttl = ""
  }
}

resource "google_logging_project_sink" "events" {
  count = var.published == null ? 0 : 1

  project                = var.project
  name                   = "${var.name}-events"
  description            = "What became of deployments, for ${google_pubsub_topic.slipway["events"].name}."
  destination            = "pubsub.googleapis.com/${google_pubsub_topic.slipway["events"].id}"
  filter                 = "${local.log} AND (${var.published})"
  unique_writer_identity = true
}
