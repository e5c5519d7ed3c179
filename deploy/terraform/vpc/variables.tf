variable "vpc_id" {
  type        = string
  description = "The VPC."
}

variable "flow_stream_arn" {
  type        = string
  default     = ""
  description = "Output stream_arns[\"flow\"] of the module streams; empty for no flow log."
}

variable "query_log_id" {
  type        = string
  default     = ""
  description = "Output query_log_id of the module streams; empty for no query log."
}

variable "aggregation_seconds" {
  type        = number
  default     = 600
  description = "Length of a flow record, 60 or 600. 60 sees a beacon sooner and costs more."
}
