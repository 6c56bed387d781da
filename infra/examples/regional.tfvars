# Over the zones of a region; a surge of one for each zone, checked longer than by default.
project      = "my-project"
name         = "mir-riseos"
bucket       = "mir-riseos"
location     = "us-west1"
alert_emails = ["operator@example.com"]
rollout = {
  max_surge    = "3"
  soak_seconds = 120
}
