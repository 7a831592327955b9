/** The complete small case that docs/case-files.md opens with and `heed replay --new` prints. */
export const newCase = `# A case: what was known, what was done, when the harm came, and what must hold.
case: two-calls
title: Two calls about one flat, and nobody sent
source: Written as an example; nothing in it happened
assumed:
  - Every time in this example is invented
world:
  staff: { handler-1: handler, handler-2: handler, dispatcher-1: dispatcher, supervisor-1: supervisor, fim-1: fim }
  units: { unit-1: available }
  subjects:
    flat: { kind: place, premises: Flat 4, street: Larkspur Court, town: Ashmere }
commands:
  - { at: 2026-02-03 21:04, do: PresentContact, with: { contact: call-1, channel: '999' } }
  - { at: '21:04', by: handler-1, do: AnswerContact, with: { contact: call-1 } }
  - { at: '21:04', by: handler-1, do: Mention, with: { subject: flat, contact: call-1, role: scene } }
  - { at: '21:05', by: handler-1, do: RecordStatement, \
with: { contact: call-1, words: They are shouting next door again } }
  - { at: '21:06', by: handler-1, do: OpenIncident, \
with: { incident: job-1, contact: call-1, summary: Neighbour dispute } }
  - { at: '21:06', by: handler-1, do: SetGrade, with: { incident: job-1, grade: scheduled, reason: Noise only } }
  - { at: '21:07', do: EndContact, with: { contact: call-1 } }
  - { at: '21:15', do: PresentContact, with: { contact: call-2, channel: '999' } }
  - { at: '21:15', by: handler-2, do: AnswerContact, with: { contact: call-2 } }
  - { at: '21:15', by: handler-2, do: Mention, with: { subject: flat, contact: call-2, role: scene } }
  - { at: '21:16', by: handler-2, do: RecordStatement, \
with: { contact: call-2, words: I can hear her screaming in there } }
  - { at: '21:17', by: handler-2, do: JoinContact, with: { contact: call-2, incident: job-1 } }
  - { at: '21:18', do: EndContact, with: { contact: call-2 } }
harm: { at: '22:10', says: A woman was found badly hurt in the flat }
expect:
  raised: [{ safeguard: danger-told, by: '21:17' }, { safeguard: unresourced, by: '21:20', level: alarm }]
  turn-before-harm: true
`;
