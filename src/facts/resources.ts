/**
 * What the formats hand to the facts: resources in normal form, with places instead of indexes, not linked yet.
 *
 * A format says what is declared and how things name each other, in Text. `facts/link.ts` alone follows the names. A
 * declared resource has a symbolic ARN, made by `facts/arn.ts`, so a reference and a grant of the same resource are
 * equal text.
 */
import type { Place } from "../source.ts";
import type { Cause } from "./causes.ts";
import type {
  Exit,
  GroupRule,
  JobDefinition,
  Of,
  SecretAddition,
  SecretContent,
  Settings,
  Statement,
  Tags,
  Text,
  Unseen,
} from "./located.ts";
import type { Case } from "./schema.ts";

/** What every resource has before it is linked. `id` is `unit#address`. */
interface Declared {
  readonly id: string;
  readonly address: string;
  readonly unit: string;
  readonly at: Place;
  readonly unseen: readonly Unseen[];
}

export interface RoleResource extends Declared {
  readonly name: Text | null;
  readonly arn: Text;
  readonly tags: Tags;
  /** The trust policy is a policy of its own, of kind `trust`, with `on` this role's ARN. */
  /** ARNs of managed policies that the role lists itself. */
  readonly managed_policies: readonly Text[];
  readonly permissions_boundary: Text | null;
  /** There when AWS makes its name of this and of what no file shows. */
  readonly logical_id?: string;
  /** There when it may not be made: what is not known. */
  readonly existence?: Cause;
  /**
   * Whether the files tell all policies of the role, as far as the role's own declaration goes: true in a template,
   * true in a raw folder only when policies are given with the role. `unseen` still makes it incomplete.
   */
  readonly policies_told: boolean;
}

export interface PolicyResource extends Declared {
  readonly kind: Case["policies"][string]["kind"];
  readonly name: Text | null;
  /** The ARN of a managed policy, null for inline and resource policies. */
  readonly arn: Text | null;
  readonly statements: readonly Statement[];
  /** Names or ARNs of the roles it is attached to by itself or by an attachment. A wide hole: it may be any role. */
  readonly attached_to: readonly Text[];
  /** Whether users or groups carry it, or it is attached to something that is no role. */
  readonly attached_elsewhere: boolean;
  /** The ARN, id or name of the role (trust), secret or key that carries it as its own policy. */
  readonly on: Text | null;
}

/** A managed policy attached to a role by a resource of its own. A wide hole may be any role. */
export interface AttachmentResource extends Declared {
  readonly role: Text;
  readonly policy: Text;
  /** What is not known, so that it may not be attached; null when it surely is. */
  readonly maybe: Cause | null;
  /** Whether the policy is taken off all others. */
  readonly exclusive?: boolean;
}

/** All inline or all managed policies that a role may have: what else is put on it is taken off again. */
export interface PolicyListResource extends Declared {
  readonly role: Text;
  readonly kind: "inline" | "managed";
  /** Names of inline policies, ARNs of managed ones. */
  readonly policies: readonly Text[];
}

/** A service or resource control policy. */
export interface OrganizationPolicyResource extends Declared {
  readonly statements: readonly Statement[];
}

export interface SecretResource extends Declared {
  readonly tags: Tags;
  readonly name: Text | null;
  readonly arn: Text;
  readonly key_reference: Text | null;
  readonly contents: readonly SecretContent[];
  readonly rotates: boolean | null;
  readonly additions: readonly SecretAddition[];
  readonly versions: Of<"secrets">["versions"];
  readonly gone: Of<"secrets">["gone"];
  readonly filled_by: Cause | null;
  /** What is not known, so that it may not be made; null when it surely is. */
  readonly existence: Cause | null;
  /** Whether it only adds to a secret that is declared or looked up elsewhere, as a version of its value does. */
  readonly part: boolean;
  /** Whether the files declare or describe it: false for a part, and for what is only looked up. */
  readonly declared: boolean;
}

/** What a secret has of which nothing is said. */
export const bareSecret = {
  contents: [],
  rotates: null,
  additions: [],
  versions: null,
  gone: null,
  filled_by: null,
  existence: null,
  part: false,
  declared: true,
} as const satisfies Partial<SecretResource>;

export interface ParameterResource extends Declared {
  readonly tags: Tags;
  readonly name: Text | null;
  readonly arn: Text;
  readonly type: Text | null;
  readonly key_reference: Text | null;
  readonly gone: Of<"parameters">["gone"];
  readonly declared: boolean;
  /** Its value when that is an ARN, or ids of subnets and the like, which is no secret; any other is never kept. */
  readonly value?: Text | null;
}

export interface KeyResource extends Declared {
  readonly tags: Tags;
  readonly arn: Text;
  /** There when the account says that there is no such key. */
  readonly gone?: Of<"keys">["gone"];
  readonly spec: Text | null;
  readonly usage: Text | null;
  readonly state: Text | null;
}

/** An alias and the key it represents: `target` is a key id or ARN. */
export interface AliasResource extends Declared {
  readonly name: Text;
  readonly target: Text;
  /** There when it is only looked up: `target` then is the symbolic ARN of whatever key it represents. */
  readonly looked_up?: true;
}

/** Something of a VPC. Names are ids as text, symbolic for what is declared in the unit. */
export interface NetworkResource extends Declared {
  readonly vpc: Text;
  readonly cidr: Text | null;
  readonly declared: boolean;
  readonly dns_support: boolean | null;
  readonly dns_hostnames: boolean | null;
  readonly settings?: Settings;
}
export interface SubnetResource extends Declared {
  readonly subnet: Text;
  readonly vpc: Text | null;
  readonly declared: boolean;
  readonly cidr: Text | null;
  readonly ipv6_only?: true;
  /** Null when it is unknown. */
  readonly public_ip: boolean | null;
}
/**
 * A route as its table has it. `target` is the id of the gateway that it leads to, whose kind counts when it is in the
 * files. `assumed`: the configuration tells that it leads to the internet.
 */
export interface Route extends Omit<Of<"subnets">["routes"][number], "onward" | "subnet"> {
  readonly target: Text | null;
  readonly assumed?: true;
}
/** A route table with the routes that it is declared with. Others are added by its ids, any of `tables`. */
export interface RouteTableResource extends Declared {
  readonly tables: readonly Text[];
  readonly vpc: Text | null;
  /** Whether it is the main table of its VPC, which subnets have that are not associated with another. */
  readonly main: boolean;
  readonly routes: readonly Route[];
}
/** A route that is declared apart from its table. */
export interface RouteResource extends Declared {
  readonly table: Text;
  readonly route: Route;
}
/** A table of a subnet, or in place of the main table of a VPC. */
export interface RouteAssociationResource extends Declared {
  readonly table: Text;
  readonly subnet: Text | null;
  readonly vpc: Text | null;
  readonly maybe: Cause | null;
}
export type AclEntry = NonNullable<Of<"subnets">["acl"]>["entries"][number];

/**
 * A network ACL by its ids. That of a VPC, which subnets have that are associated with no other, lets everything through
 * where `entries` is null: as AWS makes it.
 */
export interface AclResource extends Declared {
  readonly acl: Text;
  readonly vpc: Text | null;
  readonly isDefault: boolean;
  readonly entries: readonly AclEntry[] | null;
}
/** A rule that is declared apart from its ACL. */
export interface AclEntryResource extends Declared {
  readonly acl: Text;
  readonly entry: AclEntry;
}
export interface AclAssociationResource extends Declared {
  readonly acl: Text;
  readonly subnet: Text;
  readonly maybe: Cause | null;
}
/** A private hosted zone of Route 53 and VPCs whose names it answers. `name` is null where only VPCs are added. */
export interface HostedZoneResource extends Declared {
  readonly zone: Text;
  readonly name: Text | null;
  readonly vpcs: readonly Text[];
}
/**
 * A way out: `vpc` or `subnet` says whose; both null means that it may be of any network of the unit. `gateway` is the
 * id of a gateway that routes name.
 */
export interface ExitResource extends Declared {
  readonly kind: Exit["kind"];
  readonly vpc: Text | null;
  readonly subnet: Text | null;
  readonly gateway?: Text;
}
/**
 * What is known of an internet gateway by its id: a gateway that is made or looked up, or one that is attached apart. `vpc`
 * is what this attaches it to.
 */
export interface InternetGatewayResource extends Declared {
  readonly gateway: Text;
  readonly by: "making" | "attaching" | "looking up";
  readonly vpc: Text | null;
  readonly maybe: Cause | null;
}
export interface SecurityGroupResource extends Declared {
  readonly group: Text;
  readonly vpc: Text | null;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
  /** Whether it is the default group of its VPC, which an endpoint without groups has. */
  readonly isDefault?: boolean;
}
/** A rule that is declared apart from its group. `rule` is null when it is unknown. */
export interface GroupRuleResource extends Declared {
  readonly group: Text;
  /** Null when it is unknown. */
  readonly direction: "ingress" | "egress" | null;
  readonly rule: GroupRule;
}
export interface EndpointResource extends Declared {
  readonly vpc: Text | null;
  readonly service: Text;
  readonly type: string | null;
  readonly private_dns: boolean | null;
  readonly settings?: Settings;
  readonly security_groups: readonly Text[] | null;
  readonly subnets: readonly Text[] | null;
  readonly statements: readonly Statement[] | null;
}
export type UserData = NonNullable<Of<"compute_environments">["launches"][number]["user_data"]>;

export interface LaunchTemplateResource extends Declared {
  /** Ids and names by which compute environments may name it. */
  readonly names: readonly Text[];
  readonly image: Text | null;
  /** Decoded from base64. */
  readonly user_data: Text | null;
  /** What the user data does, null for a template without any. */
  readonly agent: UserData | null;
  readonly security_groups: readonly Text[] | null;
  /** Whether instances get a public IP address, whatever the subnet says; null: the subnet decides; absent: unknown. */
  readonly public_ip?: boolean | null;
}
export interface ComputeEnvironmentResource extends Declared {
  /** Its ARN and name, by which job queues name it. */
  readonly names: readonly Text[];
  readonly type: Text | null;
  /** Whether AWS Batch starts its instances; null when it is unknown. */
  readonly managed: boolean | null;
  readonly on_eks: boolean;
  readonly subnets: readonly Text[];
  readonly security_groups: readonly Text[] | null;
  /** The image of all instances. */
  readonly image: Text | null;
  /** Instances by the type of their image, each with an image instead of the current one of its type. */
  readonly configurations: readonly { readonly type: Text | null; readonly image: Text | null; readonly at: Place }[];
  readonly instance_role: Text | null;
  /** The launch template by its id or name. */
  readonly launch_template: Text | null;
  /** Launch templates for some types of instances. */
  readonly overrides: readonly Text[];
}
/** A machine image that the files describe, by its id. */
export interface MachineImageResource extends Declared {
  readonly image: Text;
  readonly name: Text;
}
/** A job queue: the compute environments that its jobs run in, by name or ARN. */
export interface JobQueueResource extends Declared {
  readonly environments: readonly Text[];
}

/**
 * Something of which its account says that it is not there: `arn` is what was asked for, whole and literal. One that was
 * asked by name is without the characters that AWS adds to it.
 */
export interface MissingResource extends Declared {
  readonly kind: "role" | "secret" | "parameter";
  readonly arn: Text;
}

/** Names, ARNs and ids that are given to something that is not read: it may add to what they name. */
export interface HandedResource {
  readonly cause: Cause;
  readonly at: Place;
  readonly texts: readonly string[];
  /** Whether it makes jobs, by what it is given. */
  readonly jobs?: "surely" | "likely";
  /** The path of its source, where that leads out of the checked folder. */
  readonly outside?: string;
}

/** All resources of a unit, by kind. */
export interface Resources {
  readonly job_definitions: readonly JobDefinition[];
  readonly roles: readonly RoleResource[];
  readonly policies: readonly PolicyResource[];
  readonly attachments: readonly AttachmentResource[];
  readonly policy_lists: readonly PolicyListResource[];
  readonly organization_policies: readonly OrganizationPolicyResource[];
  readonly secrets: readonly SecretResource[];
  readonly parameters: readonly ParameterResource[];
  readonly keys: readonly KeyResource[];
  readonly aliases: readonly AliasResource[];
  readonly networks: readonly NetworkResource[];
  readonly subnets: readonly SubnetResource[];
  readonly exits: readonly ExitResource[];
  readonly internet_gateways: readonly InternetGatewayResource[];
  readonly route_tables: readonly RouteTableResource[];
  readonly routes: readonly RouteResource[];
  readonly route_associations: readonly RouteAssociationResource[];
  readonly acls: readonly AclResource[];
  readonly acl_entries: readonly AclEntryResource[];
  readonly acl_associations: readonly AclAssociationResource[];
  readonly hosted_zones: readonly HostedZoneResource[];
  readonly security_groups: readonly SecurityGroupResource[];
  readonly group_rules: readonly GroupRuleResource[];
  readonly endpoints: readonly EndpointResource[];
  readonly launch_templates: readonly LaunchTemplateResource[];
  readonly compute_environments: readonly ComputeEnvironmentResource[];
  readonly job_queues: readonly JobQueueResource[];
  readonly machine_images: readonly MachineImageResource[];
  readonly missing: readonly MissingResource[];
  readonly handed: readonly HandedResource[];
}

export const noResources: Resources = {
  job_definitions: [],
  roles: [],
  policies: [],
  attachments: [],
  policy_lists: [],
  organization_policies: [],
  secrets: [],
  parameters: [],
  keys: [],
  aliases: [],
  networks: [],
  subnets: [],
  exits: [],
  internet_gateways: [],
  route_tables: [],
  routes: [],
  route_associations: [],
  acls: [],
  acl_entries: [],
  acl_associations: [],
  hosted_zones: [],
  security_groups: [],
  group_rules: [],
  endpoints: [],
  launch_templates: [],
  compute_environments: [],
  job_queues: [],
  machine_images: [],
  missing: [],
  handed: [],
};

/** The lists of several findings, joined by name. `empty` has each name. */
export function joined<R extends object>(empty: R, parts: readonly Partial<R>[]): R {
  const lists = new Map<string, unknown[]>(Object.keys(empty).map((name) => [name, []]));
  for (const part of parts) {
    for (const [name, list] of Object.entries(part))
      for (const one of list as readonly unknown[]) lists.get(name)?.push(one);
  }
  return Object.fromEntries(lists) as R;
}
