# Who the function is. What it may do stands in bindings.yaml, which the local cloud enforces too.
resource "google_service_account" "function" {
  account_id   = "${var.name}-fn"
  display_name = "Slipway's function for ${var.name}"
}

# In whose name events are delivered to it.
resource "google_service_account" "trigger" {
  account_id   = "${var.name}-event"
  display_name = "Delivers the events of ${var.bucket} to Slipway"
}

# In whose name its container is built.
resource "google_service_account" "build" {
  account_id   = "${var.name}-build"
  display_name = "Builds Slipway's function for ${var.name}"
}

# In whose name the scheduler asks for the sweep.
resource "google_service_account" "sweep" {
  account_id   = "${var.name}-sweep"
  display_name = "Writes handoff/sweep to ${var.bucket}"
}

data "google_storage_project_service_account" "storage" {
  depends_on = [google_project_service.used]
}
