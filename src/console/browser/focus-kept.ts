import { useEffect } from 'react';

/** What held the focus goes, such as a duty that was met: the focus goes to what it stood in, and is never lost. */
export function useFocusKept(): void {
  useEffect(() => {
    let last: readonly Element[] = [];
    const focused = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? pathOf(target) : [];
    };
    const changed = new MutationObserver(() => {
      const [held, ...around] = last;
      if (held === undefined || held.isConnected || document.activeElement !== document.body) return;
      const next = around.find((one) => one.isConnected && one.matches('[tabindex]'));
      const fallback = document.querySelector('[role="combobox"], main [tabindex="0"]');
      for (const one of [next ?? fallback]) if (one instanceof HTMLElement) one.focus({ preventScroll: true });
    });
    addEventListener('focusin', focused);
    changed.observe(document.body, { childList: true, subtree: true });
    return () => {
      removeEventListener('focusin', focused);
      changed.disconnect();
    };
  }, []);
}

function pathOf(element: Element): readonly Element[] {
  const parent = element.parentElement;
  return parent === null ? [element] : [element, ...pathOf(parent)];
}
