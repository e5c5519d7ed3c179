variable "receiver_url" {
  type        = string
  description = "As in the module streams."
}

variable "flow_access_key" {
  type        = string
  ephemeral   = true
  default     = ""
  description = "As in the module streams."
}

variable "dns_access_key" {
  type        = string
  ephemeral   = true
  default     = ""
  description = "As in the module streams."
}

variable "trail_access_key" {
  type        = string
  ephemeral   = true
  default     = ""
  description = "As in the module streams."
}

variable "logs" {
  type        = set(string)
  default     = ["flow", "dns", "trail"]
  description = "As in the module streams."
}
