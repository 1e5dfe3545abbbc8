/** What an error of AWS says about what was asked. */
import type { Refusal } from "./calls.ts";

/** Whether an error says that the caller may not ask. EC2 has a name of its own for it. */
export function isDenied({ code }: Refusal): boolean {
  return /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation|AuthorizationError(?:Exception)?)$/.test(code);
}

/** Whether an error says that there is no such thing. */
export function isMissing({ code }: Refusal): boolean {
  return /^(?:ResourceNotFoundException|NoSuchEntity(?:Exception)?|NotFoundException|Invalid\w+(?:\.\w+)*\.NotFound(?:Exception)?|InvalidLaunchTemplate\w*\.\w*NotFound\w*)$/.test(
    code,
  );
}
