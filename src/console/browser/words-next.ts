/** Whose words are typed next: set by whoever answers, taken by the field in which those words are typed. */
let next: string | null = null;

/** Leads the keyboard to a caller’s words, now or as soon as there is a field for them. */
export function leadToWords(contact: string): void {
  const field = document.getElementById(wordsOf(contact));
  next = field === null ? contact : null;
  field?.focus();
}

/** For that field as it comes: takes the keyboard if it was led there. */
export function takeWords(contact: string): void {
  if (next === contact) leadToWords(contact);
}

/** Where the words of a contact are typed. */
export function wordsOf(contact: string): string {
  return `words-${contact}`;
}
