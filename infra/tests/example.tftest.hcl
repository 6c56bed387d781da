# Function and group together, as README's commands make them, with nothing behind the providers.
mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }
  mock_resource "google_compute_instance_template" {
    defaults = { id = "projects/my-project/global/instanceTemplates/site-machine-1" }
  }
  mock_resource "google_service_account" {
    defaults = { id = "projects/my-project/serviceAccounts/site-fn@my-project.iam.gserviceaccount.com", member = "serviceAccount:site-fn@my-project.iam.gserviceaccount.com" }
  }
  mock_resource "google_project_iam_custom_role" {
    defaults = { id = "projects/my-project/roles/slipway" }
  }
  mock_resource "google_logging_project_sink" {
    defaults = { writer_identity = "serviceAccount:sink@gcp-sa-logging.iam.gserviceaccount.com" }
  }
}

mock_provider "google-beta" {
  mock_resource "google_project_service_identity" {
    defaults = { member = "serviceAccount:service-123456789012@gcp-sa.iam.gserviceaccount.com" }
  }
}

mock_provider "archive" {}
mock_provider "time" {}

variables {
  project      = "my-project"
  alert_emails = ["operator@example.com"]
}

run "zonal" {
  assert {
    condition = jsondecode(output.slipway.settings.TARGETS).site == {
      prefix       = "site-"
      groups       = ["projects/my-project/zones/us-west1-a/instanceGroupManagers/site"]
      baseTemplate = "projects/my-project/global/instanceTemplates/site-machine-1"
      maxSurge     = "1"
      alarms       = []
    }
    error_message = "The function rolls over the group that is made here."
  }
}

run "regional" {
  variables {
    name     = "api"
    location = "us-west1"
    rollout  = { soakSeconds = 120 }
  }

  assert {
    condition     = jsondecode(output.slipway.settings.TARGETS).api.maxSurge == "3" && jsondecode(output.slipway.settings.TARGETS).api.soakSeconds == 120
    error_message = "A regional group's surge is at least one for each zone."
  }
}

run "with_alarms" {
  variables {
    alarms = {}
  }

  override_resource {
    target = module.group.google_monitoring_alert_policy.alarm["errors"]
    values = { id = "projects/my-project/alertPolicies/1" }
  }

  override_resource {
    target = module.group.google_monitoring_alert_policy.alarm["latency"]
    values = { id = "projects/my-project/alertPolicies/2" }
  }

  assert {
    condition     = length(jsondecode(output.slipway.settings.TARGETS).site.alarms) == 2
    error_message = "The function judges by the alert policies that are made here."
  }
}

run "with_all_that_can_be_told" {
  variables {
    alert_emails          = []
    notification_channels = ["projects/my-project/notificationChannels/1"]
    published             = "jsonPayload.outcome=\"rolled-back\""
    kms_key               = "projects/my-project/locations/us-west1/keyRings/r/cryptoKeys/k"
    audit_objects         = true
    domain                = "www.example.com"
    circleci              = { organization = "0f8fad5b-d9cb-469f-a165-70867728950e", project = "7c9e6679-7425-40de-944b-e07fc1f90ae7" }
    machine = {
      network         = "projects/host/global/networks/edge"
      subnetwork      = "projects/host/regions/us-west1/subnetworks/edge"
      service_account = { email = "machines@my-project.iam.gserviceaccount.com" }
    }
  }

  assert {
    condition     = startswith(output.address, "https://www.example.com/")
    error_message = "It serves at the domain."
  }

  assert {
    condition     = output.slipway.circleci_provider != null
    error_message = "CI has an identity."
  }
}
