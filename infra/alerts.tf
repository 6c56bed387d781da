locals {
  # What somebody is told of, and what to do then. The write-up's e-mailed error reports.
  alerts = {
    rolled-back = {
      text     = "A version of ${var.name} was bad; the old one was put back and serves."
      filter   = "jsonPayload.event=\"deployment.finished\" AND jsonPayload.outcome=\"rolled-back\""
      severity = "WARNING"
    }
    rollback-failed = {
      text     = "A version of ${var.name} is bad and the old one is not back: look now. The record's nextStep is the command to run."
      filter   = "jsonPayload.event=\"deployment.finished\" AND jsonPayload.outcome=\"rollback-failed\""
      severity = "CRITICAL"
    }
    misconfigured = {
      text     = "Slipway's settings or the group of ${var.name} do not fit: the record tells what to change. Uploads are not deployed until then."
      filter   = "jsonPayload.event=(\"settings.refused\" OR \"deployment.finished\") AND (jsonPayload.event=\"settings.refused\" OR jsonPayload.outcome=\"misconfigured\")"
      severity = "ERROR"
    }
    errors = {
      text = "Slipway's function for ${var.name} failed. The event comes again by itself; if this does not end, read the log's stack trace."
      # Not what the three above tell, nor the verdict that comes before them.
      filter   = "severity>=ERROR AND NOT jsonPayload.event=(\"deployment.finished\" OR \"settings.refused\" OR \"verdict.bad\")"
      severity = "ERROR"
    }
  }
}

resource "google_monitoring_notification_channel" "email" {
  for_each = toset(var.alert_emails)

  display_name = each.key
  type         = "email"
  labels       = { email_address = each.key }
  depends_on   = [google_project_service.used]
}

resource "google_monitoring_alert_policy" "slipway" {
  for_each = local.alerts

  display_name          = "Slipway, ${var.name}: ${each.key}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = [for one in google_monitoring_notification_channel.email : one.id]

  conditions {
    display_name = each.key

    condition_matched_log {
      filter           = "${local.log} AND ${each.value.filter}"
      label_extractors = { deployment = "EXTRACT(jsonPayload.deployment)" }
    }
  }

  # Required where a log line is matched: at most one e-mail in five minutes for each.
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
