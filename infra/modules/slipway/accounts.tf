locals {
  accounts = {
    fn    = "Slipway's function ${var.name}"
    event = "Delivers the events of ${var.bucket} to Slipway"
    build = "Builds Slipway's function ${var.name}"
    sweep = "Writes handoff/sweep to ${var.bucket}"
  }
}

# Who the function is, in whose name events reach it, its container is built, the scheduler sweeps. What
# the function may do stands in bindings.yaml, which the local cloud enforces too.
resource "google_service_account" "slipway" {
  for_each = local.accounts

  project      = var.project
  account_id   = "${var.name}-${each.key}"
  display_name = each.value
  depends_on   = [google_project_service.used]
}
