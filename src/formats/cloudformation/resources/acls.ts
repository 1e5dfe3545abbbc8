/**
 * Network ACLs and private hosted zones.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkacl.html
 */
import { get } from "../../../syntax/value.ts";
import { aclEntry } from "../../acl-entries.ts";
import { objects, toBoolean, toText } from "../../read.ts";
import { declared, type Reader } from "./reading.ts";

export const readAcl: Reader = (reading) => ({
  acls: [
    {
      ...declared(reading),
      acl: reading.attribute(null),
      vpc: reading.text("VpcId"),
      isDefault: false,
      entries: [],
    },
  ],
});

/** A rule is about what comes in unless it says otherwise. */
export const readAclEntry: Reader = (reading) => {
  const acl = reading.text("NetworkAclId");
  if (!acl) return {};
  const ports = reading.property("PortRange");
  const given = {
    number: reading.property("RuleNumber"),
    egress: toBoolean(reading.property("Egress"), false),
    action: reading.property("RuleAction"),
    protocol: reading.property("Protocol"),
    block: reading.property("CidrBlock"),
    ipv6: reading.property("Ipv6CidrBlock"),
    from: get(ports, "From"),
    to: get(ports, "To"),
  };
  return {
    acl_entries: aclEntry(given, reading.at, reading.maybe).map((entry) => ({ ...declared(reading), acl, entry })),
  };
};

export const readAclAssociation: Reader = (reading) => {
  const [acl, subnet] = [reading.text("NetworkAclId"), reading.text("SubnetId")];
  return acl && subnet ? { acl_associations: [{ ...declared(reading), acl, subnet, maybe: reading.maybe }] } : {};
};

/** A zone is private when it has VPCs. */
export const readHostedZone: Reader = (reading) => {
  const vpcs = objects(reading.property("VPCs"), "VPCs").values.flatMap((one) => toText(get(one, "VPCId")) ?? []);
  const name = reading.text("Name");
  return vpcs.length > 0 && name
    ? { hosted_zones: [{ ...declared(reading), zone: reading.attribute(null), name, vpcs }] }
    : {};
};
