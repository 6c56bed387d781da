# The whole module against the real provider's schema, with nothing behind it.
mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }
  mock_data "google_storage_project_service_account" {
    defaults = { email_address = "service-123456789012@gs-project-accounts.iam.gserviceaccount.com" }
  }
  mock_resource "google_service_account" {
    defaults = {
      id     = "projects/my-project/serviceAccounts/slipway-fn@my-project.iam.gserviceaccount.com"
      email  = "slipway-fn@my-project.iam.gserviceaccount.com"
      member = "serviceAccount:slipway-fn@my-project.iam.gserviceaccount.com"
    }
  }
  mock_resource "google_project_iam_custom_role" {
    defaults = { id = "projects/my-project/roles/slipway" }
  }
  mock_resource "google_iam_workload_identity_pool" {
    defaults = { name = "projects/123456789012/locations/global/workloadIdentityPools/slipway" }
  }
  mock_resource "google_logging_project_sink" {
    defaults = { writer_identity = "serviceAccount:sink@gcp-sa-logging.iam.gserviceaccount.com" }
  }
  mock_resource "google_cloudfunctions2_function" {
    defaults = { event_trigger = { trigger = "projects/my-project/locations/us-west1/triggers/slipway" } }
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
  region       = "us-west1"
  bucket       = "my-uploads"
  alert_emails = ["operator@example.com"]
  targets = {
    site = { prefix = "site-", groups = ["projects/my-project/zones/us-west1-a/instanceGroupManagers/site"] }
    api  = { prefix = "api-", groups = ["projects/my-project/regions/us-east1/instanceGroupManagers/api"], maxSurge = "3" }
  }
}

run "serves_many_targets" {
  assert {
    condition     = google_cloudfunctions2_function.slipway.service_config[0].max_instance_count == 5
    error_message = "Two targets take two instances each, and the sweep one."
  }

  assert {
    condition = (
      google_cloudfunctions2_function.slipway.service_config[0].available_memory == "1Gi" &&
      startswith(google_cloudfunctions2_function.slipway.service_config[0].environment_variables.JAVA_TOOL_OPTIONS, "-XX:MaxRAM=1024m ")
    )
    error_message = "The JVM is told the memory that it has."
  }

  assert {
    condition     = jsondecode(output.settings.TARGETS).api.maxSurge == "3"
    error_message = "A target's settings reach the function as they are."
  }

  assert {
    condition     = sort(keys(google_project_iam_member.agent)) == tolist(["eventarc", "pubsub", "storage"])
    error_message = "Google's agents have their roles."
  }

  assert {
    condition     = jsondecode(google_monitoring_dashboard.slipway.dashboard_json).gridLayout.columns == "2"
    error_message = "Google gives columns back as a text."
  }

  assert {
    condition     = length(google_storage_bucket_iam_member.granted) == 3
    error_message = "Without CI only the function is granted something on the buckets."
  }
}

run "tells_who_must_act_and_nobody_else" {
  assert {
    condition     = strcontains(google_monitoring_alert_policy.log["look-now"].conditions[0].condition_matched_log[0].filter, "severity>=ALERT")
    error_message = "A failed rollback and a foreign change are ALERT, whatever their outcome is called."
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.log["operator"].conditions[0].condition_matched_log[0].filter, "severity=ERROR")
    error_message = "A deployment that ended with ERROR waits for the operator."
  }

  # An event that comes twice is answered with 500, which Cloud Run logs as an error of the request.
  assert {
    condition = alltrue([
      for one in google_monitoring_alert_policy.log :
      !strcontains(one.conditions[0].condition_matched_log[0].filter, "severity>=ERROR") ||
      can(regex("varlog%2Fsystem|cloud_scheduler_job", one.conditions[0].condition_matched_log[0].filter))
    ])
    error_message = "No alert looks at the requests' own log."
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.log["sweep"].conditions[0].condition_matched_log[0].filter, "job_id=\"slipway-sweep\"")
    error_message = "A sweep that fails is told."
  }

  assert {
    condition     = google_monitoring_alert_policy.dead_letters.conditions[0].condition_threshold[0].threshold_value == 0
    error_message = "The first dead letter is told."
  }

  assert {
    condition     = google_logging_project_sink.events[0].destination == "pubsub.googleapis.com/${google_pubsub_topic.slipway["events"].id}" && endswith(google_logging_project_sink.events[0].filter, "AND (jsonPayload.event=\"deployment.finished\")")
    error_message = "What became of each deployment is published."
  }
}

run "ci_may_not_write_hand_offs" {
  variables {
    name     = "a-name-of-24-characters"
    circleci = { organization = "0f8fad5b-d9cb-469f-a165-70867728950e", project = "7c9e6679-7425-40de-944b-e07fc1f90ae7" }
  }

  assert {
    condition     = google_storage_bucket_iam_member.granted["ci roles/storage.objectCreator uploads"].condition[0].expression == "!resource.name.startsWith('projects/_/buckets/my-uploads/objects/handoff/')"
    error_message = "CI creates uploads, and no hand-offs."
  }

  assert {
    condition     = length(google_iam_workload_identity_pool.circleci[0].display_name) <= 32 && length(google_iam_workload_identity_pool.circleci[0].workload_identity_pool_id) <= 32
    error_message = "Google takes at most 32 characters of both."
  }

  # Google keeps the name of a deleted pool for a month.
  assert {
    condition     = endswith(google_iam_workload_identity_pool.circleci[0].workload_identity_pool_id, "-${substr(terraform_data.suffix.id, 0, 4)}")
    error_message = "The pool's name ends in letters that another apply has not."
  }
}

run "operators_may_write_orders_and_nothing_beside_them" {
  variables {
    operators = ["user:me@example.com", "group:on-call@example.com"]
  }

  assert {
    condition     = google_storage_bucket_iam_member.granted["user:me@example.com slipwayOrders private orders/"].condition[0].expression == "resource.name.startsWith('projects/_/buckets/my-uploads-private/objects/orders/')"
    error_message = "Operators write orders, and read no consoles."
  }

  assert {
    condition     = length(google_storage_bucket_iam_member.granted) == 13
    error_message = "Three grants for the function, and five for each operator."
  }
}

run "viewers_may_read_and_nothing_else" {
  variables {
    operators = ["user:me@example.com"]
    viewers   = ["user:me@example.com", "user:you@example.com"]
  }

  assert {
    condition     = google_storage_bucket_iam_member.granted["user:you@example.com slipwayContents private targets/"].condition[0].expression == "resource.name.startsWith('projects/_/buckets/my-uploads-private/objects/targets/')"
    error_message = "Viewers read states, and no consoles."
  }

  assert {
    condition     = length(google_storage_bucket_iam_member.granted) == 17 && length(google_project_iam_member.granted) == 4
    error_message = "Three and two grants for the function, five for the operator, and five and one for each viewer, of which the operator has one already."
  }

  assert {
    condition     = alltrue([for one in google_project_iam_custom_role.slipway["slipwayViewer"].permissions : can(regex("[.](get|list)$", one))])
    error_message = "A viewer's role has no permission that changes anything."
  }
}

run "a_second_one_leaves_what_is_shared_to_the_first" {
  variables {
    set_up_project = false
  }

  assert {
    condition     = length(google_project_iam_member.agent) == 0
    error_message = "Destroying this one must not take the agents' roles from the other."
  }
}

run "keys_channels_networks_and_accounts" {
  variables {
    kms_key                  = "projects/my-project/locations/us-west1/keyRings/r/cryptoKeys/k"
    alert_emails             = []
    notification_channels    = ["projects/my-project/notificationChannels/1"]
    published                = null
    audit_objects            = true
    machine_service_accounts = ["machines@my-project.iam.gserviceaccount.com"]
    shared_subnetworks       = ["projects/host/regions/us-west1/subnetworks/edge"]
  }

  assert {
    condition     = sort(keys(google_kms_crypto_key_iam_member.agent)) == tolist(["compute", "storage"])
    error_message = "Both agents may use the key."
  }

  assert {
    condition     = google_monitoring_alert_policy.log["look-now"].notification_channels == tolist(["projects/my-project/notificationChannels/1"])
    error_message = "A channel by name is told."
  }

  assert {
    condition     = sort(keys(google_pubsub_topic.slipway)) == tolist(["dead-events"]) && output.events_topic == null
    error_message = "Nothing is published."
  }
}

run "an_image_may_have_a_key_of_its_own" {
  variables {
    kms_key = "projects/my-project/locations/us-west1/keyRings/r/cryptoKeys/k"
    targets = {
      site = {
        prefix = "site-", groups = ["projects/my-project/zones/us-west1-a/instanceGroupManagers/site"]
        image = {
          guestOsFeatures  = ["UEFI_COMPATIBLE", "GVNIC"], architecture = "X86_64", licenses = ["projects/vm-options/global/licenses/enable-vmx"]
          storageLocations = ["us-east1"], kmsKeyName = "projects/keys/locations/us-east1/keyRings/r/cryptoKeys/images", labels = { team = "edge" }
        }
      }
      api = {
        prefix = "api-", groups = ["projects/my-project/regions/us-east1/instanceGroupManagers/api"], maxSurge = "3"
        image  = { kmsKeyName = "projects/my-project/locations/us-west1/keyRings/r/cryptoKeys/k" }
      }
    }
  }

  assert {
    condition     = sort(keys(google_kms_crypto_key_iam_member.image)) == tolist(["projects/keys/locations/us-east1/keyRings/r/cryptoKeys/images"])
    error_message = "Compute Engine's agent may use each key once."
  }

  assert {
    condition     = jsondecode(output.settings.TARGETS).site.image.guestOsFeatures == ["UEFI_COMPATIBLE", "GVNIC"]
    error_message = "What an image says reaches the function as it is."
  }
}

run "refuses_what_the_function_refuses" {
  command = plan

  variables {
    targets = { site = { prefix = "plan/", groups = [] } }
  }

  expect_failures = [output.settings]
}
