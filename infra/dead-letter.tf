# Events that nobody could work on for a day. The function's trigger makes its subscription itself and
# has no argument for this: the output dead_letter_command joins the two.
resource "google_pubsub_topic" "dead" {
  name                       = "${var.name}-dead-events"
  message_retention_duration = "604800s"
  depends_on                 = [google_project_service.used]
}

# Keeps them until somebody looks.
resource "google_pubsub_subscription" "dead" {
  name                       = "${var.name}-dead-events"
  topic                      = google_pubsub_topic.dead.id
  message_retention_duration = "604800s"
  ack_deadline_seconds       = 60

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_topic_iam_member" "dead" {
  topic  = google_pubsub_topic.dead.id
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}
