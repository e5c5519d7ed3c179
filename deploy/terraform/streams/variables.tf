variable "receiver_url" {
  type        = string
  description = "Where Tocsin listens, such as https://tocsin.example.com, port 443. Each log goes to a path below /firehose/."
  validation {
    condition     = can(regex("^https://[A-Za-z0-9.-]+$", var.receiver_url))
    error_message = "Expected a URL such as https://tocsin.example.com."
  }
}

# Write-only where it goes to: neither plan nor state holds it.
variable "flow_access_key" {
  type        = string
  ephemeral   = true
  default     = ""
  description = "Access key of the receiver called flow, at least 32 characters."
}

variable "dns_access_key" {
  type        = string
  ephemeral   = true
  default     = ""
  description = "Access key of the receiver called dns."
}

variable "trail_access_key" {
  type        = string
  ephemeral   = true
  default     = ""
  description = "Access key of the receiver called trail."
}

variable "logs" {
  type        = set(string)
  default     = ["flow", "dns", "trail"]
  description = "Which logs are streamed; each needs its access key."
  validation {
    condition     = length(setsubtract(var.logs, ["flow", "dns", "trail"])) == 0
    error_message = "Expected some of flow, dns and trail."
  }
}

variable "key_version" {
  type        = number
  default     = 1
  description = "One more each time access keys are changed."
}

variable "backup_days" {
  type        = number
  default     = 30
  description = "Days for which deliveries that failed are kept in the backup bucket."
}

variable "buffer_seconds" {
  type        = number
  default     = 60
  description = "Seconds for which Firehose gathers records before it delivers them."
}
