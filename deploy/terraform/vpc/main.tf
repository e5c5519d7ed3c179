# The flow log and the resolver query log of one VPC, into the duplicate streams. A VPC may have several of either; those
# that it has are not touched.

resource "aws_flow_log" "flow" {
  count                    = var.flow_stream_arn == "" ? 0 : 1
  vpc_id                   = var.vpc_id
  traffic_type             = "ALL"
  log_destination_type     = "kinesis-data-firehose"
  log_destination          = var.flow_stream_arn
  max_aggregation_interval = var.aggregation_seconds
  log_format = join(" ", [
    "$${version} $${account-id} $${interface-id} $${srcaddr} $${dstaddr} $${srcport} $${dstport} $${protocol} $${packets}",
    "$${bytes} $${start} $${end} $${action} $${log-status} $${vpc-id} $${subnet-id} $${instance-id} $${tcp-flags} $${type}",
    "$${pkt-srcaddr} $${pkt-dstaddr} $${region} $${flow-direction}",
  ])
  tags = { Name = "tocsin" }
}

resource "aws_route53_resolver_query_log_config_association" "dns" {
  count                        = var.query_log_id == "" ? 0 : 1
  resolver_query_log_config_id = var.query_log_id
  resource_id                  = var.vpc_id
}

output "flow_log_id" {
  description = "The flow log; null without one."
  value       = one(aws_flow_log.flow[*].id)
}
