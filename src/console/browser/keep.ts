/** Keeps a text on this machine, or nothing where it is empty; a full or forbidden store stops nobody's work. */
export function keep(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // It stays in this window.
  }
}
