# The function around a group that somebody else made, with nothing behind the providers.
mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }
  mock_resource "google_service_account" {
    defaults = { id = "projects/my-project/serviceAccounts/slipway-fn@my-project.iam.gserviceaccount.com", member = "serviceAccount:slipway-fn@my-project.iam.gserviceaccount.com" }
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

mock_provider "time" {}

# The jar need not be built.
override_data {
  target = module.slipway.data.archive_file.function
}

variables {
  project      = "my-project"
  region       = "us-west1"
  alert_emails = ["operator@example.com"]
  group        = "projects/my-project/zones/us-west1-a/instanceGroupManagers/shop-group"
}

run "names_the_group_and_makes_none" {
  assert {
    condition = jsondecode(output.slipway.settings.TARGETS) == {
      site = { prefix = "site-", groups = [var.group] }
    }
    error_message = "The function is told of the group that exists."
  }
}
