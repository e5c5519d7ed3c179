variable "tocsin_principal_arn" {
  type        = string
  description = "The role or user as which Tocsin runs, such as arn:aws:iam::111122223333:role/tocsin."
}

variable "external_id" {
  type        = string
  sensitive   = true
  description = "A secret text of at least 16 characters that Tocsin names too (assumeRole, externalId)."
  validation {
    condition     = length(var.external_id) >= 16
    error_message = "Expected at least 16 characters."
  }
}

variable "bucket_name" {
  type        = string
  description = "The bucket with the logs."
}

variable "prefix" {
  type        = string
  default     = "AWSLogs/"
  description = "What is read of it."
}

variable "queue_arn" {
  type        = string
  default     = ""
  description = "A queue that is told of new objects, if there is one."
}

variable "key_arn" {
  type        = string
  default     = ""
  description = "The key that the objects are encrypted with, if there is one."
}
