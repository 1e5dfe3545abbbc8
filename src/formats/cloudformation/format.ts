/** CloudFormation templates, also those of the CDK, SAM and the Serverless Framework. */
import { openWorkspace } from "../../sources/workspace.ts";
import type { Format } from "../format.ts";
import { isParameterFile } from "./parameter-files.ts";
import { expandTag } from "./short-tags.ts";
import { isTemplate, templatesInside } from "./template.ts";

export const cloudFormation: Format = {
  name: "cloudformation",
  kinds: [{ name: "cloudformation", title: "CloudFormation", ending: /\.(?:ya?ml|template\.json|cloudformation)$/ }],
  words: [
    // The types that are read, transforms, nested stacks, and what other stacks may import.
    { word: "AWS::(?:Batch|IAM|SecretsManager|KMS|SSM|EC2|CloudFormation|Include|Serverless|Organizations)" },
    { word: "::MODULE\\b" },
    { word: "Export", beside: "AWS::" },
    // Values of the parameters of a stack.
    { word: "ParameterKey", beside: "ParameterValue" },
    { word: '"Parameters"|template-file-path' },
  ],
  telling: "AWS::(?:Batch|IAM|SecretsManager|KMS|SSM|EC2::VPCEndpoint|CloudFormation::Stack|Serverless)",
  batch: "AWS::Batch",
  expandTag,
  recognises: (document) => isTemplate(document) || isParameterFile(document),
  inside: templatesInside,
  open: async ({ files, tree, purses, deployments, history: { stoodAlone } }) => {
    const workspace = openWorkspace(tree);
    const manifest = (path: string) => {
      const read = workspace.isFile(path) === true ? workspace.read(path) : undefined;
      return read && "file" in read ? read.file.text : undefined;
    };
    return (await import("./read.ts")).openTemplates(files, { manifest, purses, deployments, workspace, stoodAlone });
  },
};
