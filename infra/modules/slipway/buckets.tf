module "buckets" {
  source = "./buckets"

  project       = var.project
  bucket        = var.bucket
  region        = var.region
  kms_key       = var.kms_key
  force_destroy = var.force_destroy
  labels        = var.labels

  depends_on = [google_project_service.used, google_kms_crypto_key_iam_member.agent]
}
