# The CloudFormation template streams.yaml in all accounts of organizational units and in all the Regions named, new
# accounts among them: a StackSet reaches accounts for which Terraform would need a provider each.

resource "aws_cloudformation_stack_set" "streams" {
  name             = "tocsin-streams"
  description      = "Tocsin, duplicate streams of logs"
  permission_model = "SERVICE_MANAGED"
  call_as          = var.call_as
  capabilities     = ["CAPABILITY_NAMED_IAM"]
  template_body    = file("${path.module}/../../cloudformation/streams.yaml")

  parameters = {
    ReceiverUrl    = var.receiver_url
    FlowAccessKey  = var.flow_access_key
    DnsAccessKey   = var.dns_access_key
    TrailAccessKey = var.trail_access_key
  }

  auto_deployment {
    enabled                          = true
    retain_stacks_on_account_removal = false
  }

  operation_preferences {
    region_concurrency_type      = "PARALLEL"
    max_concurrent_percentage    = 25
    failure_tolerance_percentage = 10
  }
}

resource "aws_cloudformation_stack_set_instance" "streams" {
  for_each       = var.regions
  stack_set_name = aws_cloudformation_stack_set.streams.name
  region         = each.key
  call_as        = var.call_as
  deployment_targets {
    organizational_unit_ids = var.organizational_unit_ids
  }
}
