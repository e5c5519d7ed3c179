output "stream_arns" {
  description = "By log; for 'guard' of the sources. That of flow is for the module vpc."
  value       = { for log, stream in aws_kinesis_firehose_delivery_stream.stream : log => stream.arn }
}

output "query_log_id" {
  description = "For the module vpc; null without dns."
  value       = one([for config in aws_route53_resolver_query_log_config.dns : config.id])
}

output "guard" {
  description = "What else the sources hang on, for 'guard'."
  value = concat(
    [aws_kms_key.key.arn, aws_iam_role.stream.arn],
    [for rule in aws_cloudwatch_event_rule.trail : rule.arn],
  )
}

output "backup_bucket_name" {
  description = "Where deliveries lie that failed for two hours."
  value       = aws_s3_bucket.backup.bucket
}
