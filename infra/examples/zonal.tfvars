# Three machines in one zone; one more at a time in a rollout.
project      = "my-project"
name         = "mir-riseos"
bucket       = "mir-riseos"
location     = "us-west1-a"
alert_emails = ["operator@example.com"]
