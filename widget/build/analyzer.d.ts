/** What is used of the analyzer, which comes without types for it. */
declare module '@custom-elements-manifest/analyzer/src/create.js' {
  export interface AnalyzerPlugin {
    readonly name: string;
  }
  export function create(options: {
    readonly modules: readonly unknown[];
    readonly plugins: readonly AnalyzerPlugin[];
    readonly context: { readonly dev: boolean };
  }): unknown;
}

declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  import type { AnalyzerPlugin } from '@custom-elements-manifest/analyzer/src/create.js';
  export function litPlugin(): readonly AnalyzerPlugin[];
}

declare module '@custom-elements-manifest/analyzer/index.js' {
  /** Its own version of the compiler. */
  export const ts: {
    readonly ScriptTarget: { readonly ES2022: number };
    createSourceFile(fileName: string, text: string, target: number, setParentNodes: boolean): unknown;
  };
}
