output "address" {
  description = "Where the group serves."
  value       = module.group.address
}

output "slipway" {
  description = "The function's settings, and the commands that deploy and show what happens."
  value       = module.slipway
}
