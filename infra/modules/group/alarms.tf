# Alert policies on the balancer, by which Slipway judges a new version beside its health. Their lag, the
# 60 s of sampling and up to 210 s until a metric is seen with what stands below, is 390 s: less than the
# 600 s that a soak with alarms lasts.
locals {
  requests = "resource.type=\"https_lb_rule\" AND resource.labels.backend_target_name=\"${google_compute_backend_service.group.name}\" AND metric.type=\"loadbalancing.googleapis.com/https"

  alarms = var.alarms == null ? {} : {
    errors = {
      text        = "More than ${var.alarms.errors_share * 100} % of the requests to ${var.name} end with a 5xx."
      filter      = "${local.requests}/request_count\" AND metric.labels.response_code_class=500"
      denominator = "${local.requests}/request_count\""
      aligner     = "ALIGN_RATE"
      reducer     = "REDUCE_SUM"
      threshold   = var.alarms.errors_share
    }
    latency = {
      text        = "Of the requests to ${var.name} one in twenty takes longer than ${var.alarms.latency_ms} ms."
      filter      = "${local.requests}/backend_latencies\""
      denominator = null
      aligner     = "ALIGN_DELTA"
      reducer     = "REDUCE_PERCENTILE_95"
      threshold   = var.alarms.latency_ms
    }
  }
}

resource "google_monitoring_alert_policy" "alarm" {
  for_each = local.alarms

  project               = var.project
  display_name          = "${var.name}: ${each.key}"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = var.alarms.notification_channels
  user_labels           = var.labels

  conditions {
    display_name = each.key

    condition_threshold {
      filter             = each.value.filter
      denominator_filter = each.value.denominator
      comparison         = "COMPARISON_GT"
      threshold_value    = each.value.threshold
      duration           = "60s"
      # Without a request that failed there is no point at all: the alert must close all the same.
      evaluation_missing_data = "EVALUATION_MISSING_DATA_INACTIVE"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
      }

      dynamic "denominator_aggregations" {
        for_each = each.value.denominator[*]
        content {
          alignment_period     = "60s"
          per_series_aligner   = each.value.aligner
          cross_series_reducer = each.value.reducer
        }
      }
    }
  }

  documentation {
    content   = each.value.text
    mime_type = "text/markdown"
  }
}
