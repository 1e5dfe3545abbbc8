/** Text encodings of one byte a character, for `textencodebase64` and its inverse. */

/** What IANA calls them, in lower case → the name that Terraform says. Those that Node decodes too. */
const SINGLE_BYTE = /^(?:windows-125[0-8]|iso-8859-(?:[2-8]|1[03-6])|koi8-[ru]|ibm866|macintosh)$/;

/** The character of every byte; undefined for an encoding that is not known here. */
export function byteTable(name: string): readonly string[] | undefined {
  const lower = name.toLowerCase();
  if (!SINGLE_BYTE.test(lower)) return undefined;
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  return [...new TextDecoder(lower).decode(bytes)];
}
