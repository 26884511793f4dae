/** The rules of axe-core, run on one element of the page and all that is in it, through its shadow roots. */
import 'axe-core';
import type { AxeResults, RunOptions, Spec } from 'axe-core';
import { AXE_TAGS } from './axe-tags.ts';

declare global {
  interface Window {
    readonly axe: {
      configure(spec: Spec): void;
      run(context: Element, options: RunOptions): Promise<AxeResults>;
    };
  }
}

/** Axe's own, but for `ignorePseudo`: what is drawn over the end of the transcript hides from it all contrast in there. */
const CONTRAST = {
  ignoreUnicode: true,
  ignoreLength: false,
  ignorePseudo: true,
  boldValue: 700,
  boldTextPt: 14,
  largeTextPt: 18,
  contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } },
  pseudoSizeThreshold: 0.25,
  shadowOutlineEmMax: 0.2,
  textStrokeEmMin: 0.03,
};

window.axe.configure({ checks: [{ id: 'color-contrast', options: CONTRAST }] });

/** One line for each thing that breaks a rule, and for each of which the contrast could not be told. */
export async function violations(element: Element): Promise<readonly string[]> {
  const { violations: broken, incomplete } = await window.axe.run(element, {
    runOnly: { type: 'tag', values: [...AXE_TAGS] },
    resultTypes: ['violations', 'incomplete'],
  });
  const untold = incomplete.filter(({ id }) => id === 'color-contrast');
  return [...broken, ...untold].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary ?? ''}`),
  );
}
