/** CSV as Go's `encoding/csv` reads it. https://pkg.go.dev/encoding/csv */
import { Complaint } from "../evaluate/complaint.ts";

/** The records. Blank lines are none; every record must have as many fields as the first. @throws Complaint */
export function parseCsv(source: string): readonly (readonly string[])[] {
  const text = source.replaceAll("\r\n", "\n");
  const records: string[][] = [];
  let line = 1;
  for (let position = 0; position < text.length; ) {
    if (text.charAt(position) === "\n") {
      position++;
      line++;
      continue;
    }
    const start = line;
    const record: string[] = [];
    for (let more = true; more; ) {
      const field = text.charAt(position) === '"' ? readQuoted(text, position, line) : readPlain(text, position, line);
      record.push(field.value);
      line += field.lines;
      more = text.charAt(field.end) === ",";
      position = field.end + 1;
    }
    if (text.charAt(position - 1) === "\n") line++;
    if (records[0] !== undefined && record.length !== records[0].length) {
      throw new Complaint(`CSV parse error on line ${start}: wrong number of fields`);
    }
    records.push(record);
  }
  return records;
}

interface Field {
  readonly value: string;
  /** The offset of the comma or line break behind it. */
  readonly end: number;
  readonly lines: number;
}

function readPlain(text: string, start: number, line: number): Field {
  let end = start;
  while (end < text.length && text.charAt(end) !== "," && text.charAt(end) !== "\n") {
    if (text.charAt(end) === '"') throw new Complaint(`CSV parse error on line ${line}: bare " in non-quoted-field`);
    end++;
  }
  return { value: text.slice(start, end), end, lines: 0 };
}

function readQuoted(text: string, start: number, line: number): Field {
  const wrong = (at: number) =>
    new Complaint(
      `CSV parse error on line ${line + text.slice(start, at).split("\n").length - 1}: extraneous or missing " in quoted-field`,
    );
  let value = "";
  for (let position = start + 1; ; ) {
    const quote = text.indexOf('"', position);
    if (quote < 0) throw wrong(text.length);
    value += text.slice(position, quote);
    const next = text.charAt(quote + 1);
    if (next === '"') {
      value += '"';
      position = quote + 2;
      continue;
    }
    if (next !== "" && next !== "," && next !== "\n") throw wrong(quote);
    return { value, end: quote + 1, lines: value.split("\n").length - 1 };
  }
}
