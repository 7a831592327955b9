/** The page's styles: light and dark, phone and paper; meaning is in words first and in colour second. */
export const styles = `
:root { color-scheme: light dark; --ink: #16191d; --dim: #5a626c; --paper: #ffffff; --panel: #f4f5f7; --line: #d5d9de;
  --alarm: #a3121f; --prompt: #8a5200; --floor: #5b2a86; --refused: #a3121f; --note: #1d5f8a; --harm: #16191d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9ecef; --dim: #a7b0ba; --paper: #14171a; --panel: #1d2126;
  --line: #363c43;
  --alarm: #ff8a8a; --prompt: #f0b354; --floor: #cfa6f2; --refused: #ff8a8a; --note: #7cc0ec; --harm: #e9ecef; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.45 system-ui, "Segoe UI", Roboto, sans-serif; color: var(--ink);
  background: var(--paper); }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; } h1 { font-size: 1.7rem; line-height: 1.2; margin: .2rem 0 1rem; max-width: 46rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; } .kicker, .who, footer { color: var(--dim); font-size: .9rem;
  margin: 0; }
.headline { background: var(--panel); border-left: .4rem solid var(--floor); padding: 1rem 1.2rem; }
.headline .lead { font-size: 1.25rem; margin: 0 0 .4rem; } .headline p { max-width: 52rem; margin: .3rem 0; }
dl { display: flex; flex-wrap: wrap; gap: 1.5rem; margin: .8rem 0 0; } dt { color: var(--dim); font-size: .85rem; }
dd { margin: 0; font-size: 1.35rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.heads, .row { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr) minmax(0, 1.15fr); gap: .2rem 1rem; }
.heads { position: sticky; top: 0; background: var(--paper); padding: .5rem 0; border-bottom: 2px solid var(--line);
  font-weight: 650; z-index: 1; }
.day { margin: 1.2rem 0 .4rem; font-size: 1rem; color: var(--dim); } .row { padding: .35rem 0;
  border-top: 1px solid var(--line); }
.day + .row { border-top: 0; } time { font-variant-numeric: tabular-nums; color: var(--dim); padding-top: .3rem; }
.card { padding: .3rem .6rem; border-left: 3px solid var(--line); margin-bottom: .35rem; overflow-wrap: anywhere; }
.label:not(:empty) { display: inline-block; font-size: .78rem; font-weight: 700; letter-spacing: .02em;
  border: 1px solid currentColor; border-radius: 3px; padding: 0 .35rem; margin-right: .3rem; }
.label:empty { display: none; } .said { display: block; } .card ul { margin: .25rem 0 0; padding-left: 1.1rem; }
  .asks { margin: .25rem 0 0; font-size: .9rem; color: var(--dim); }
.alarm { border-left-width: 6px; border-color: var(--alarm); background: var(--panel); }
  .alarm .label { color: var(--alarm); }
.prompt { border-color: var(--prompt); } .prompt .label { color: var(--prompt); }
  .floor { border-color: var(--floor); } .floor .label { color: var(--floor); }
.refused, .refusal { border-color: var(--refused); } .refused .label, .refusal .label { color: var(--refused); }
  .refused strong { text-decoration: line-through; }
.skipped { color: var(--dim); border-left-style: dashed; } .note { border-color: var(--note); font-size: .95rem; }
  .note .label { color: var(--note); }
.rung { font-size: .95rem; } .assumed { font-size: .8rem; color: var(--dim); font-style: italic; }
.turn { font-weight: 700; padding: .25rem .6rem; margin-bottom: .35rem; border: 2px solid var(--floor); }
.harm { grid-column: 1 / -1; background: var(--harm); color: var(--paper); border: 0; padding: .7rem 1rem;
  font-size: 1.05rem; }
footer { padding: 2.5rem 1.25rem 3rem; }
@media (max-width: 46rem) { .heads { display: none; } .row { grid-template-columns: 1fr; }
  .lane:empty { display: none; }
  .lane.done:not(:empty)::before { content: "Was done"; } .lane.heed:not(:empty)::before { content: "Heed"; }
  .lane::before { display: block; font-size: .75rem; font-weight: 700; color: var(--dim); }
  .lane.heed { padding-left: .8rem; } h1 { font-size: 1.35rem; } }
@media print { :root { color-scheme: light; --ink: #000; --dim: #444; --paper: #fff; --panel: #fff; --line: #999;
  --alarm: #000; --prompt: #000;
  --floor: #000; --refused: #000; --note: #000; --harm: #fff; } body { font-size: 10pt; } .heads { position: static;
  } .row, .card { break-inside: avoid; }
  .harm { color: #000; border: 2px solid #000; } }
`;
