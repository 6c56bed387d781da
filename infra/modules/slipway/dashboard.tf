locals {
  deployments = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.deployments.name}\" AND resource.type=\"cloud_run_revision\""

  of_groups = "monitoring.regex.full_match(\"${join("|", [for group in local.groups : basename(group)])}\")"

  charts = {
    "Deployments by outcome" = {
      filter = local.deployments
      align  = "ALIGN_SUM"
      reduce = "REDUCE_SUM"
      by     = ["metric.label.target", "metric.label.outcome"]
      plot   = "STACKED_BAR"
    }
    "Seconds from upload to serving, half of them" = {
      filter = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.seconds.name}\" AND resource.type=\"cloud_run_revision\""
      align  = "ALIGN_DELTA"
      reduce = "REDUCE_PERCENTILE_50"
      by     = []
      plot   = "LINE"
    }
    "Requests by answer, of all balancers of the project" = {
      filter = "metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND resource.type=\"https_lb_rule\""
      align  = "ALIGN_RATE"
      reduce = "REDUCE_SUM"
      by     = ["resource.label.url_map_name", "metric.label.response_code_class"]
      plot   = "STACKED_AREA"
    }
    "CPU of the machines" = {
      filter = "metric.type=\"compute.googleapis.com/instance/cpu/utilization\" AND resource.type=\"gce_instance\" AND metadata.system_labels.instance_group=${local.of_groups}"
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_MEAN"
      by     = []
      plot   = "LINE"
    }
    "Machines" = {
      filter = "metric.type=\"compute.googleapis.com/instance_group/size\" AND resource.type=\"instance_group\" AND resource.label.instance_group_name=${local.of_groups}"
      align  = "ALIGN_MEAN"
      reduce = "REDUCE_SUM"
      by     = []
      plot   = "LINE"
    }
  }
}

resource "google_monitoring_dashboard" "slipway" {
  project = var.project
  dashboard_json = jsonencode({
    displayName = "Slipway: ${var.name}"
    gridLayout = {
      # As Google gives it back: a number would be a difference each time.
      columns = "2"
      widgets = [
        for title, chart in local.charts : {
          title = title
          xyChart = {
            dataSets = [{
              plotType = chart.plot
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = chart.align
                    crossSeriesReducer = chart.reduce
                    groupByFields      = chart.by
                  }
                }
              }
            }]
          }
        }
      ]
    }
  })
}
