locals {
  answer = { port = var.machine.port, path = var.health.path }
}

# Where the machines that run answer. A check that asks elsewhere would call all of them ill within
# seconds, and Terraform does not know when the version that answers there is everywhere: so it keeps what
# was said first, and a change is refused until somebody says that it is time.
resource "terraform_data" "answer" {
  input = local.answer

  lifecycle {
    ignore_changes = [input]
  }
}

resource "google_compute_health_check" "group" {
  for_each = {
    # Who does not answer three times in a row is made anew: found out within 30 seconds.
    healing = { interval = 10, failures = 3 }
    # The load balancer turns away sooner than the group replaces: that costs less.
    serving = { interval = 5, failures = 2 }
  }

  project             = var.project
  name                = "${var.name}-${each.key}"
  check_interval_sec  = each.value.interval
  timeout_sec         = 5
  healthy_threshold   = 2
  unhealthy_threshold = each.value.failures

  http_health_check {
    port         = var.machine.port
    request_path = var.health.path
  }

  log_config {
    enable = true
  }

  lifecycle {
    precondition {
      condition     = terraform_data.answer.output == local.answer
      error_message = "The machines of ${var.name} answer on port ${try(terraform_data.answer.output.port, "")} at ${try(terraform_data.answer.output.path, "")}. First upload a version that answers there and on port ${local.answer.port} at ${local.answer.path}; once it is deployed, apply with -replace='ADDRESS.terraform_data.answer', where `terraform state list` has the whole address. Then versions may answer on the new one alone."
    }
  }

  # The firewall lets the probes through before they ask.
  depends_on = [google_compute_firewall.probes]
}
