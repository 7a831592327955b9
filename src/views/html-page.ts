import { escaped } from './escaped.ts';
import { styles } from './html-styles.ts';

/** What a page that stands by itself says; `kicker`, `title` and `heading` as plain text, `main` as HTML. */
export interface Page {
  readonly title: string;
  readonly kicker: string;
  readonly heading: string;
  readonly main: string;
  /** What the page does not say, in its own words. */
  readonly footer: string;
  readonly moreStyles?: string;
}

/** A whole page in one file, to be kept and printed: it runs nothing and fetches nothing. */
export function htmlPage({ title, kicker, heading, main, footer, moreStyles = '' }: Page): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${styles}${moreStyles}</style>
</head>
<body>
<header>
<p class="kicker">${escaped(kicker)}</p>
<h1>${escaped(heading)}</h1>
</header>
<main>
${main}
</main>
<footer>${escaped(footer)}</footer>
</body>
</html>
`;
}
