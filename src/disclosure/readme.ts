import { formatLocal } from '../room/british-time.ts';
import type { DisclosureAbout } from '../views/disclosure.ts';

/** What whoever is given a bundle must know of it, in plain words. */
export function readme(about: DisclosureAbout, isRedacted: boolean): string {
  const lines = [
    `Disclosure of incident ${about.incident}, room ${about.room}`,
    ...(about.banner === null ? [] : [about.banner]),
    `Made by ${about.by} on ${formatLocal(about.at)} (clocks in Britain) for ${about.recipient}`,
    `Purpose: ${about.purpose}`,
    '',
    'record/log.pdf           the whole record, to be read',
    'record/log.csv           the log as a table; cells that a spreadsheet would work out begin with an apostrophe',
    'record/events.ndjson     every event as it stands in the log, text for text',
    'redaction/redaction.json what is withheld, by whom and why; never the words themselves',
    ...(isRedacted
      ? [
          'redacted/                the same record with the redactions laid over it. Give away this folder alone:',
          '                         record/ holds the original, which no redaction alters.',
        ]
      : ['No redaction was made.']),
    'chain/                   where the log stood, signed, and the public half of the key that signed it',
    'manifest.json            every file with its length and SHA-256, and the head of the log; signed beside it',
    '',
    'To check it:',
    '  sha256sum -c SHA256SUMS',
    '  Each line of events.ndjson of the kind "event": SHA-256 of "header" is "hash"; SHA-256 of "salt" and "body",',
    '  one after the other, is "digest" in the header; "previous" in the header is the "hash" of the event before it.',
    '  Where two events here do not follow one another, what lies between them is of other matters and is not here.',
    '  That these digests stand in the log is shown by the force that keeps it:',
    '    heed verify ROOM --witness chain/witness.ndjson --key FILE',
    '  with its own copy of the public key. A signature that is checked with chain/witness.pub alone proves only that',
    '  the bundle was not altered since somebody made it.',
    '  An event without salt and body was erased by a lawful decision; "withheld" is not for whoever made this.',
    '',
  ];
  return lines.join('\n');
}
