# One account, all the Regions that are on by default. A provider is of one Region and a module cannot choose its provider in a
# loop, so each Region stands here by itself; add those that the account has opted in to.

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

module "us_east_1" {
  source           = "../streams"
  providers        = { aws = aws.us_east_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "us_east_2"
  region = "us-east-2"
}

module "us_east_2" {
  source           = "../streams"
  providers        = { aws = aws.us_east_2 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "us_west_1"
  region = "us-west-1"
}

module "us_west_1" {
  source           = "../streams"
  providers        = { aws = aws.us_west_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "us_west_2"
  region = "us-west-2"
}

module "us_west_2" {
  source           = "../streams"
  providers        = { aws = aws.us_west_2 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "ca_central_1"
  region = "ca-central-1"
}

module "ca_central_1" {
  source           = "../streams"
  providers        = { aws = aws.ca_central_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "sa_east_1"
  region = "sa-east-1"
}

module "sa_east_1" {
  source           = "../streams"
  providers        = { aws = aws.sa_east_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "eu_central_1"
  region = "eu-central-1"
}

module "eu_central_1" {
  source           = "../streams"
  providers        = { aws = aws.eu_central_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "eu_west_1"
  region = "eu-west-1"
}

module "eu_west_1" {
  source           = "../streams"
  providers        = { aws = aws.eu_west_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "eu_west_2"
  region = "eu-west-2"
}

module "eu_west_2" {
  source           = "../streams"
  providers        = { aws = aws.eu_west_2 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "eu_west_3"
  region = "eu-west-3"
}

module "eu_west_3" {
  source           = "../streams"
  providers        = { aws = aws.eu_west_3 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "eu_north_1"
  region = "eu-north-1"
}

module "eu_north_1" {
  source           = "../streams"
  providers        = { aws = aws.eu_north_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "ap_south_1"
  region = "ap-south-1"
}

module "ap_south_1" {
  source           = "../streams"
  providers        = { aws = aws.ap_south_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "ap_southeast_1"
  region = "ap-southeast-1"
}

module "ap_southeast_1" {
  source           = "../streams"
  providers        = { aws = aws.ap_southeast_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "ap_southeast_2"
  region = "ap-southeast-2"
}

module "ap_southeast_2" {
  source           = "../streams"
  providers        = { aws = aws.ap_southeast_2 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "ap_northeast_1"
  region = "ap-northeast-1"
}

module "ap_northeast_1" {
  source           = "../streams"
  providers        = { aws = aws.ap_northeast_1 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "ap_northeast_2"
  region = "ap-northeast-2"
}

module "ap_northeast_2" {
  source           = "../streams"
  providers        = { aws = aws.ap_northeast_2 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}

provider "aws" {
  alias  = "ap_northeast_3"
  region = "ap-northeast-3"
}

module "ap_northeast_3" {
  source           = "../streams"
  providers        = { aws = aws.ap_northeast_3 }
  receiver_url     = var.receiver_url
  flow_access_key  = var.flow_access_key
  dns_access_key   = var.dns_access_key
  trail_access_key = var.trail_access_key
  logs             = var.logs
}
