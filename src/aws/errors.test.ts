import { expect, test } from "vitest";
import { call } from "../collect/calls.ts";
import { answerOf, stopped } from "./errors.ts";

function failed(code: string, httpStatusCode = 400, message = "what AWS says"): Error {
  return Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode } });
}

const one = call("DescribeSubnets", "eu-west-9", { SubnetIds: ["subnet-1"] });

test.each([
  ["AccessDeniedException", 400],
  ["AccessDenied", 403],
  ["UnauthorizedOperation", 403],
  ["ResourceNotFoundException", 400],
  ["NoSuchEntity", 404],
  ["NoSuchEntityException", 404],
  ["NotFoundException", 400],
  ["InvalidSubnetID.NotFound", 400],
  ["InvalidGroup.NotFound", 400],
  ["InvalidLaunchTemplateName.NotFoundException", 400],
  ["InvalidAMIID.Malformed", 400],
  ["ValidationException", 400],
  ["ClientException", 400],
])("%s is an answer", (code, status) => {
  expect(answerOf(failed(code, status))).toEqual({ code, message: "what AWS says" });
});

test.each([
  ["ExpiredToken", "The AWS credentials have expired. Sign in again, for example with `aws sso login`."],
  ["RequestExpired", "The AWS credentials have expired. Sign in again, for example with `aws sso login`."],
  [
    "ThrottlingException",
    "AWS still throttles ec2 DescribeSubnets in eu-west-9 after several attempts. Try again later.",
  ],
  [
    "RequestLimitExceeded",
    "AWS still throttles ec2 DescribeSubnets in eu-west-9 after several attempts. Try again later.",
  ],
  [
    "AuthFailure",
    "AWS does not accept the credentials in eu-west-9 (what AWS says). Check the profile, and whether the account has enabled this Region.",
  ],
  ["OptInRequired", "The account has not enabled the Region eu-west-9."],
  [
    "CredentialsProviderError",
    "No AWS credentials were found (what AWS says). Set AWS_PROFILE, give --profile, or sign in.",
  ],
  ["Surprise", "AWS refused: ec2 DescribeSubnets in eu-west-9 failed (Surprise: what AWS says)"],
])("%s ends the run with a sentence", (code, sentence) => {
  expect(answerOf(failed(code))).toBeUndefined();
  expect(stopped(failed(code), one).message).toBe(sentence);
});

test("a Region without an endpoint and a network that is down are told by the codes of Node", () => {
  const network = (code: string) => stopped(Object.assign(new Error("x"), { code }), one).message;
  expect(network("ENOTFOUND")).toBe(
    "The service ec2 has no endpoint that can be reached in the Region eu-west-9. Check the name of the Region and the network.",
  );
  expect(network("ECONNREFUSED")).toBe("ec2 in eu-west-9 can't be reached. Check the network, and try again.");
});

test("a fault of AWS is no answer, whatever it is called", () => {
  expect(answerOf(failed("ValidationException", 500))).toBeUndefined();
  expect(stopped(failed("InternalError", 500), one).message).toContain("AWS has a problem");
});
