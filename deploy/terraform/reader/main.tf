# A role that reads logs that already lie in a bucket. It makes and changes nothing else: the read-only alternative to
# duplicate streams.

data "aws_partition" "here" {}

locals {
  bucket = "arn:${data.aws_partition.here.partition}:s3:::${var.bucket_name}"
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "TocsinWithItsExternalId"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.tocsin_principal_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "reader" {
  statement {
    sid       = "ListsThePrefix"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket]
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["${var.prefix}*"]
    }
  }
  statement {
    sid       = "ReadsObjects"
    actions   = ["s3:GetObject"]
    resources = ["${local.bucket}/${var.prefix}*"]
  }
  dynamic "statement" {
    for_each = var.queue_arn == "" ? [] : [var.queue_arn]
    content {
      sid       = "TakesMessages"
      actions   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]
      resources = [statement.value]
    }
  }
  dynamic "statement" {
    for_each = var.key_arn == "" ? [] : [var.key_arn]
    content {
      sid       = "DecryptsObjects"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["s3.*.${data.aws_partition.here.dns_suffix}"]
      }
    }
  }
}

resource "aws_iam_role" "reader" {
  name_prefix          = "tocsin-reader-"
  description          = "Tocsin, reads logs and nothing else"
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "reader" {
  name   = "reader"
  role   = aws_iam_role.reader.name
  policy = data.aws_iam_policy_document.reader.json
}

output "role_arn" {
  description = "For 'assumeRole' and 'guard' of the source."
  value       = aws_iam_role.reader.arn
}
