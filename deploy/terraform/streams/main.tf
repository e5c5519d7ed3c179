# A duplicate stream of an account's logs in the provider's Region, straight from AWS to Tocsin's HTTPS receiver. The
# account's own logging is not touched.

data "aws_caller_identity" "here" {}
data "aws_partition" "here" {}
data "aws_region" "here" {}

locals {
  account   = data.aws_caller_identity.here.account_id
  partition = data.aws_partition.here.partition
  suffix    = data.aws_partition.here.dns_suffix
  region    = data.aws_region.here.name
  trail     = contains(var.logs, "trail") ? ["trail"] : []
  dns       = contains(var.logs, "dns") ? ["dns"] : []
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "AccountAdministersItsKey"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }
  }
}

resource "aws_kms_key" "key" {
  description         = "Tocsin, the duplicate streams and what could not be delivered"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key.json
}

resource "aws_s3_bucket" "backup" {
  bucket_prefix = "tocsin-backup-"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "backup" {
  bucket = aws_s3_bucket.backup.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.key.arn
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "backup" {
  bucket = aws_s3_bucket.backup.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "backup" {
  bucket                  = aws_s3_bucket.backup.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "backup" {
  bucket = aws_s3_bucket.backup.id
  rule {
    id     = "forget"
    status = "Enabled"
    filter {}
    expiration {
      days = var.backup_days
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

data "aws_iam_policy_document" "backup" {
  statement {
    sid       = "OnlyByTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.backup.arn, "${aws_s3_bucket.backup.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "backup" {
  bucket = aws_s3_bucket.backup.id
  policy = data.aws_iam_policy_document.backup.json
}

resource "aws_cloudwatch_log_group" "errors" {
  name              = "/aws/kinesisfirehose/tocsin"
  retention_in_days = 14
}

resource "aws_cloudwatch_log_stream" "errors" {
  for_each       = var.logs
  name           = each.key
  log_group_name = aws_cloudwatch_log_group.errors.name
}

resource "aws_secretsmanager_secret" "access_key" {
  for_each                = var.logs
  name                    = "tocsin/${each.key}"
  description             = "Tocsin, access key of the receiver called ${each.key}"
  kms_key_id              = aws_kms_key.key.arn
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "access_key" {
  for_each  = var.logs
  secret_id = aws_secretsmanager_secret.access_key[each.key].id
  secret_string_wo = jsonencode({
    api_key = each.key == "flow" ? var.flow_access_key : each.key == "dns" ? var.dns_access_key : var.trail_access_key
  })
  secret_string_wo_version = var.key_version
}

data "aws_iam_policy_document" "stream_trust" {
  statement {
    sid     = "FirehoseForThisAccount"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:firehose:${local.region}:${local.account}:deliverystream/tocsin-*"]
    }
  }
}

data "aws_iam_policy_document" "stream" {
  statement {
    sid       = "SeesTheBackupBucket"
    actions   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
    resources = [aws_s3_bucket.backup.arn]
  }
  statement {
    sid       = "KeepsWhatFailed"
    actions   = ["s3:AbortMultipartUpload", "s3:PutObject"]
    resources = ["${aws_s3_bucket.backup.arn}/failed/*"]
  }
  statement {
    sid       = "UsesTheKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.key.arn]
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values = [
        "s3.${local.region}.${local.suffix}",
        "secretsmanager.${local.region}.${local.suffix}",
        "firehose.${local.region}.${local.suffix}",
      ]
    }
  }
  statement {
    sid       = "ReadsItsAccessKeys"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:${local.partition}:secretsmanager:${local.region}:${local.account}:secret:tocsin/*"]
  }
  statement {
    sid       = "SaysWhatFailed"
    actions   = ["logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.errors.arn}:log-stream:*"]
  }
}

resource "aws_iam_role" "stream" {
  name               = "tocsin-stream-${local.region}"
  description        = "Tocsin, as which Firehose reads its access keys and keeps what it could not deliver"
  assume_role_policy = data.aws_iam_policy_document.stream_trust.json
}

resource "aws_iam_role_policy" "stream" {
  name   = "stream"
  role   = aws_iam_role.stream.name
  policy = data.aws_iam_policy_document.stream.json
}

resource "aws_kinesis_firehose_delivery_stream" "stream" {
  for_each    = var.logs
  name        = "tocsin-${each.key}"
  destination = "http_endpoint"
  tags        = each.key == "trail" ? {} : { LogDeliveryEnabled = "true" }

  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = aws_kms_key.key.arn
  }

  http_endpoint_configuration {
    name               = "tocsin"
    url                = "${var.receiver_url}/firehose/${each.key}"
    role_arn           = aws_iam_role.stream.arn
    buffering_size     = 4
    buffering_interval = var.buffer_seconds
    retry_duration     = 7200
    s3_backup_mode     = "FailedDataOnly"

    secrets_manager_configuration {
      enabled    = true
      secret_arn = aws_secretsmanager_secret.access_key[each.key].arn
      role_arn   = aws_iam_role.stream.arn
    }

    request_configuration {
      content_encoding = "GZIP"
    }

    s3_configuration {
      bucket_arn          = aws_s3_bucket.backup.arn
      role_arn            = aws_iam_role.stream.arn
      prefix              = "failed/${each.key}/"
      error_output_prefix = "failed/${each.key}-errors/"
      compression_format  = "GZIP"
      kms_key_arn         = aws_kms_key.key.arn
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.errors.name
      log_stream_name = aws_cloudwatch_log_stream.errors[each.key].name
    }
  }

  depends_on = [aws_iam_role_policy.stream, aws_secretsmanager_secret_version.access_key]
}

resource "aws_route53_resolver_query_log_config" "dns" {
  for_each        = toset(local.dns)
  name            = "tocsin"
  destination_arn = aws_kinesis_firehose_delivery_stream.stream["dns"].arn
}

data "aws_iam_policy_document" "rule_trust" {
  statement {
    sid     = "ThisRuleOnly"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:events:${local.region}:${local.account}:rule/tocsin-trail"]
    }
  }
}

data "aws_iam_policy_document" "rule" {
  for_each = toset(local.trail)
  statement {
    sid       = "PutsIntoTheStream"
    actions   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
    resources = [aws_kinesis_firehose_delivery_stream.stream["trail"].arn]
  }
}

resource "aws_iam_role" "rule" {
  for_each           = toset(local.trail)
  name               = "tocsin-rule-${local.region}"
  description        = "Tocsin, as which EventBridge hands CloudTrail's events to Firehose"
  assume_role_policy = data.aws_iam_policy_document.rule_trust.json
}

resource "aws_iam_role_policy" "rule" {
  for_each = toset(local.trail)
  name     = "rule"
  role     = aws_iam_role.rule[each.key].name
  policy   = data.aws_iam_policy_document.rule[each.key].json
}

resource "aws_cloudwatch_event_rule" "trail" {
  for_each    = toset(local.trail)
  name        = "tocsin-trail"
  description = "Tocsin, CloudTrail's management events, those that only read as well"
  state       = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
  event_pattern = jsonencode({
    detail-type = [
      "AWS API Call via CloudTrail",
      "AWS Console Sign In via CloudTrail",
      "AWS Service Event via CloudTrail",
    ]
  })
}

resource "aws_cloudwatch_event_target" "trail" {
  for_each  = toset(local.trail)
  rule      = aws_cloudwatch_event_rule.trail[each.key].name
  target_id = "tocsin"
  arn       = aws_kinesis_firehose_delivery_stream.stream["trail"].arn
  role_arn  = aws_iam_role.rule[each.key].arn
}
