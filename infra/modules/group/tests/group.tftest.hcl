mock_provider "google" {
  mock_resource "google_compute_instance_template" {
    defaults = { id = "projects/my-project/global/instanceTemplates/site-machine-1" }
  }
}

variables {
  project  = "my-project"
  name     = "site"
  location = "us-west1-a"
}

run "zonal" {
  assert {
    condition     = output.path == "projects/my-project/zones/us-west1-a/instanceGroupManagers/site"
    error_message = "The path is what the function takes."
  }

  assert {
    condition     = sort(keys(google_compute_global_forwarding_rule.front)) == tolist(["80"])
    error_message = "Without a domain it serves plain HTTP."
  }

  assert {
    condition     = length(output.alarms) == 0
    error_message = "Nobody asked for alarms."
  }
}

run "with_alarms" {
  variables {
    alarms = { errors_share = 0.1 }
  }

  assert {
    condition     = length(output.alarms) == 2
    error_message = "A share of 5xx, and a latency."
  }

  assert {
    condition     = google_monitoring_alert_policy.alarm["errors"].conditions[0].condition_threshold[0].threshold_value == 0.1 && google_monitoring_alert_policy.alarm["latency"].conditions[0].condition_threshold[0].threshold_value == 2000
    error_message = "Each threshold is what was said, or the usual one."
  }
}

run "refuses_a_share_that_is_none" {
  command = plan

  variables {
    alarms = { errors_share = 5 }
  }

  expect_failures = [var.alarms]
}

# The machines that run answer on the old port: the check may not ask elsewhere at once.
run "refuses_another_port_under_running_machines" {
  command = plan

  variables {
    machine = { port = 8080 }
  }

  expect_failures = [google_compute_health_check.group]
}

run "takes_another_port_once_that_is_said" {
  variables {
    machine = { port = 8080 }
  }

  plan_options {
    replace = [terraform_data.answer]
  }

  assert {
    condition     = google_compute_health_check.group["healing"].http_health_check[0].port == 8080
    error_message = "The check asks on the new port."
  }
}

run "with_all_that_machines_can_have" {
  variables {
    location = "us-west1"
    domain   = "www.example.com"
    machine = {
      port            = 8080
      network         = "projects/host/global/networks/edge"
      subnetwork      = "projects/host/regions/us-west1/subnetworks/edge"
      type            = "n2d-standard-2"
      architecture    = "X86_64"
      nic_type        = "GVNIC"
      tags            = ["edge"]
      metadata        = { colour = "blue" }
      service_account = { email = "machines@my-project.iam.gserviceaccount.com" }
      disk            = { type = "pd-ssd", size_gb = 20, kms_key = "projects/p/locations/us-west1/keyRings/r/cryptoKeys/k" }
      spot            = true
      shielded        = { secure_boot = true }
      confidential    = "SEV"
    }
  }

  assert {
    condition     = google_compute_firewall.probes[0].project == "host"
    error_message = "The firewall's rule is made where the network is."
  }

  assert {
    condition     = sort(keys(google_compute_global_forwarding_rule.front)) == tolist(["443", "80"]) && google_compute_url_map.redirect[0].default_url_redirect[0].https_redirect
    error_message = "With a domain plain HTTP leads to HTTPS."
  }

  assert {
    condition     = google_compute_instance_template.machine["machine"].scheduling[0].on_host_maintenance == "TERMINATE"
    error_message = "Spot and confidential machines do not move."
  }
}
