/** The parts of a MIME document that are base64, as AWS CDK writes them in user data. */

const ENCODED = /(content-transfer-encoding:[ \t]*base64[^\n]*\n(?:[^\n]*:[^\n]*\n)*\s*\n)([A-Za-z0-9+/=\s]+)/gi;

/** The texts of the parts of a document that are encoded. */
export function encodedParts(document: string): readonly string[] {
  return [...document.matchAll(ENCODED)].map(([, , body = ""]) => decoded(body));
}

/** A document with the texts of its encoded parts changed. */
export function changeEncodedParts(document: string, change: (part: string) => string): string {
  return document.replace(ENCODED, (all, head: string, body: string) => {
    const part = decoded(body);
    const changed = change(part);
    return changed === part ? all : `${head}${Buffer.from(changed, "utf8").toString("base64")}\n`;
  });
}

function decoded(body: string): string {
  return Buffer.from(body.replace(/\s/g, ""), "base64").toString("utf8");
}
