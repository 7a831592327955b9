/** What a letter is misread from, and a figure. */
const asFigure: Readonly<Record<string, string>> = { o: '0', q: '0', i: '1', l: '1', z: '2', s: '5', g: '6', b: '8' };
const asLetter: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '2': 'z', '5': 's', '6': 'g', '8': 'b' };

/** The shapes of the part before the gap: letters A, figures 9, and the few letters that may follow a figure. */
const shapes = ['A9', 'A99', 'AA9', 'A9T', 'AA99', 'AA9F'];

const kinds: Readonly<Record<string, RegExp>> = { A: /[a-z]/, '9': /\d/, T: /[a-hjkpstuw]/, F: /[abehmnprvwxy]/ };

/** Slips that are mended in one postcode. */
const slipsMax = 2;

interface Fitted {
  readonly code: string;
  readonly slips: number;
}

function fitted(text: string, shape: string): Fitted | null {
  let code = '';
  let slips = 0;
  for (const [at, kind] of shape.split('').entries()) {
    const character = text.charAt(at);
    const isRight = kinds[kind]?.test(character) === true;
    const mended = isRight ? character : (kind === '9' ? asFigure : asLetter)[character];
    if (mended === undefined) return null;
    code += mended;
    slips += isRight ? 0 : 1;
  }
  return { code, slips };
}

/** A whole British postcode without its gap, lower case, with O for 0 and I for 1 mended; '' if it is none. */
export function parsePostcode(text: string): string {
  const written = text
    .slice(0, 40)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  const found = shapes
    .filter((shape) => shape.length + 3 === written.length)
    .flatMap((shape) => fitted(written, `${shape}9AA`) ?? [])
    .filter(({ slips }) => slips <= slipsMax)
    .toSorted((one, other) => one.slips - other.slips);
  return found[0]?.code ?? '';
}
