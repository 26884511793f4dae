/**
 * Custom properties that the script's tag can set, for pages that can have no style sheet either: `data-accent` is
 * `--ivy-accent`.
 */
export const LOOKS = ['accent', 'radius', 'density', 'font-size', 'height'];
