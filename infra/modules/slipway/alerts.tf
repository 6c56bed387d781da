locals {
  finished = "${local.log} AND jsonPayload.event=\"deployment.finished\""

  # What somebody is told of, and what to do then. Each looks for lines that the function or the platform
  # writes on purpose: an answer of 500, which Cloud Run logs as an error, brings an event again and is
  # how the function waits its turn.
  log_alerts = {
    look-now = {
      text     = "A bad version is not taken back, or somebody else changed a group: look now. The record's nextStep says what to do."
      filter   = "${local.finished} AND severity>=ALERT"
      severity = "CRITICAL"
    }
    rolled-back = {
      text     = "A version was bad; the old one was put back and serves."
      filter   = "${local.finished} AND jsonPayload.outcome=\"rolled-back\""
      severity = "WARNING"
    }
    operator = {
      text     = "Slipway's settings, its rights or a group do not fit: the record tells what to change. Such uploads are not deployed until then."
      filter   = "(${local.finished} AND severity=ERROR AND NOT jsonPayload.outcome=\"rolled-back\") OR (${local.log} AND jsonPayload.event=\"settings.refused\")"
      severity = "ERROR"
    }
    failed = {
      text     = "A call of Slipway's function failed unexpectedly, or was ended by the platform. The event comes again by itself; if this does not end, read the log."
      filter   = "${local.log} AND (jsonPayload.event=\"call.failed\" OR (severity>=ERROR AND logName:\"run.googleapis.com%2Fvarlog%2Fsystem\"))"
      severity = "ERROR"
    }
    sweep = {
      text     = "The scheduler cannot write handoff/sweep: deployments whose events are lost are not taken up. Its log says why."
      filter   = "resource.type=\"cloud_scheduler_job\" AND resource.labels.job_id=\"${google_cloud_scheduler_job.sweep.name}\" AND severity>=ERROR"
      severity = "ERROR"
    }
  }
}

resource "google_monitoring_notification_channel" "email" {
  for_each = var.alert_emails

  project      = var.project
  display_name = each.key
  type         = "email"
  labels       = { email_address = each.key }
  user_labels  = var.labels
  depends_on   = [google_project_service.used]
}

locals {
  channels = concat([for one in google_monitoring_notification_channel.email : one.id], tolist(var.notification_channels))
}

resource "google_monitoring_alert_policy" "log" {
  for_each = local.log_alerts

  project               = var.project
  display_name          = "Slipway, ${var.name}: ${each.key}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = each.key

    condition_matched_log {
      filter           = each.value.filter
      label_extractors = each.key == "sweep" ? {} : { deployment = "EXTRACT(jsonPayload.deployment)" }
    }
  }

  # Required where a log line is matched: at most one message in five minutes for each.
  alert_strategy {
    auto_close = "86400s"

    notification_rate_limit {
      period = "300s"
    }
  }

  documentation {
    content   = each.value.text
    mime_type = "text/markdown"
  }
}

resource "google_monitoring_alert_policy" "dead_letters" {
  project               = var.project
  display_name          = "Slipway, ${var.name}: dead-letters"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "dead-letters"

    condition_threshold {
      filter          = "metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.type=\"pubsub_subscription\" AND resource.label.subscription_id=\"${google_pubsub_subscription.dead.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content   = "Events that the function could not work on are in ${google_pubsub_subscription.dead.name}: the log says why. Upload what they name again, under a new name; then acknowledge them."
    mime_type = "text/markdown"
  }
}
