import type { Palette } from './palette.ts';

/** The signs are drawn at twice their size on the screen, so that they are sharp on a fine one. */
export const signScale = 2;
const side = 26 * signScale;
const middle = side / 2;

/** The letter of a band, beside its colour and its shape. */
const bandLetters: Readonly<Record<string, string>> = {
  emergency: 'E',
  priority: 'P',
  scheduled: 'S',
  none: 'N',
  ungraded: '?',
};

function corners(pen: CanvasRenderingContext2D, count: number, radius: number, turn: number): void {
  pen.beginPath();
  for (let corner = 0; corner < count; corner += 1) {
    const angle = turn + (corner / count) * 2 * Math.PI;
    pen.lineTo(middle + radius * Math.cos(angle), middle + radius * Math.sin(angle));
  }
  pen.closePath();
}

/** How far the corners of a shape are turned, and how many it has; a round one has none. */
const unitShapes: Readonly<Record<string, readonly [count: number, turn: number]>> = {
  going: [3, -Math.PI / 2],
  there: [4, Math.PI / 4],
  other: [4, 0],
  emergency: [8, Math.PI / 8],
};

/** A unit: round where it is free, a triangle on its way, a square there, a diamond else, a cross in an emergency. */
function drawUnit(pen: CanvasRenderingContext2D, shape: string, palette: Palette): void {
  const colour = palette[shape as keyof Palette];
  const [count, turn] = unitShapes[shape] ?? [0, 0];
  if (count === 0) {
    pen.beginPath();
    pen.arc(middle, middle, side * 0.24, 0, 2 * Math.PI);
  } else corners(pen, count, side * 0.34, turn);
  pen.lineWidth = side * 0.13;
  pen.strokeStyle = palette.plate;
  pen.stroke();
  // Whoever can be sent is hollow, and everybody else filled.
  pen.fillStyle = shape === 'free' ? palette.plate : colour;
  pen.fill();
  pen.lineWidth = side * 0.07;
  pen.strokeStyle = colour;
  pen.stroke();
  if (shape === 'emergency') letter(pen, '!', palette.plate);
}

const bandShapes: Readonly<Record<string, readonly [count: number, turn: number]>> = {
  emergency: [8, Math.PI / 8],
  priority: [3, -Math.PI / 2],
  scheduled: [4, Math.PI / 4],
  ungraded: [4, 0],
};

function drawBand(pen: CanvasRenderingContext2D, band: string, palette: Palette): void {
  const colour = palette[band as keyof Palette];
  const [count, turn] = bandShapes[band] ?? [0, 0];
  if (count === 0) {
    pen.beginPath();
    pen.arc(middle, middle, side * 0.38, 0, 2 * Math.PI);
  } else corners(pen, count, side * (count === 3 ? 0.49 : 0.44), turn);
  pen.fillStyle = colour;
  pen.fill();
  pen.lineWidth = side * 0.05;
  pen.strokeStyle = palette.plate;
  pen.stroke();
  letter(pen, bandLetters[band] ?? '?', palette.plate);
}

function letter(pen: CanvasRenderingContext2D, text: string, colour: string): void {
  pen.fillStyle = colour;
  pen.font = `700 ${side * 0.44}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, middle, middle + side * 0.03);
}

function signWith(draw: (pen: CanvasRenderingContext2D) => void): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  draw(pen);
  return pen.getImageData(0, 0, side, side);
}

/** Every sign of the map by its name, such as `unit-free` or `band-emergency`. */
export function signsOf(palette: Palette): readonly (readonly [string, ImageData])[] {
  const units = ['free', ...Object.keys(unitShapes)].map(
    (shape) => [`unit-${shape}`, signWith((pen) => drawUnit(pen, shape, palette))] as const,
  );
  const bands = Object.keys(bandLetters).map(
    (band) => [`band-${band}`, signWith((pen) => drawBand(pen, band, palette))] as const,
  );
  return [...units, ...bands].flatMap(([name, sign]) => (sign === null ? [] : [[name, sign] as const]));
}
