variable "organizational_unit_ids" {
  type        = set(string)
  description = "Units whose accounts are watched, such as r-ab12 for the whole organization."
}

variable "regions" {
  type        = set(string)
  description = "Regions that are watched. us-east-1 has the calls of global services."
}

variable "call_as" {
  type        = string
  default     = "SELF"
  description = "SELF in the management account, DELEGATED_ADMIN in a delegated administrator's."
}

variable "receiver_url" {
  type        = string
  description = "As in the module streams."
}

variable "flow_access_key" {
  type        = string
  sensitive   = true
  default     = ""
  description = "As in the module streams. A StackSet's parameters lie in Terraform's state: keep that closed."
}

variable "dns_access_key" {
  type        = string
  sensitive   = true
  default     = ""
  description = "As in the module streams."
}

variable "trail_access_key" {
  type        = string
  sensitive   = true
  default     = ""
  description = "As in the module streams."
}
