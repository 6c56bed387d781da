# Over three zones of a region, with a surge of one for each; checked longer than by default.
project      = "my-project"
name         = "mir-riseos"
bucket       = "mir-riseos"
location     = "us-west1"
alert_emails = ["operator@example.com"]
rollout = {
  soak_seconds = 120
}
