import { describe, expect, test } from 'vitest';
import { incident } from './hostile.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { picturePage } from '../src/views/picture.ts';
import { wordsOf } from '../src/views/words.ts';

const of = { roomTitle: 'testshire', person: 'handler-1', banner: null, styles: '/console/console-1.css' };

function picture(words: string): string {
  const room = incident({ words, grade: 'priority' }).room();
  return picturePage(room, { now: room.now, words: wordsOf(safeguards) }, of);
}

describe('the picture of the room', () => {
  test('has the open incidents with what is due, who waits, the units, and a sheet to write on', () => {
    const page = picture('he has a knife');
    for (const words of ['Open incidents by risk: 1', 'Contacts that wait', 'Duties due', 'Units', 'Log on paper'])
      expect(page).toContain(words);
    expect(page).toContain('LIFE');
    expect(page).toContain('NOBODY');
  });

  test('says in big letters when it was taken, and that it lies here in the clear', () => {
    const page = picture('he has a knife');
    expect(page).toMatch(/<b>\d\d:\d\d<\/b>/);
    expect(page).toContain('kept in the clear in this browser');
  });

  test('shows hostile text as text and runs nothing', () => {
    const page = picture('<script>alert(1)</script> \u202Eevil');
    expect(page).not.toMatch(/<script|\u202e/);
  });
});
