/** Minifies what the bundler has minified once more: with terser after it the script is a seventieth smaller in Brotli. */
import { minify } from 'terser';
import type { Plugin } from 'vite';

/** Licences, and what the browser is asked for. */
const KEPT = /^[!#]/;

export function secondPass(): Plugin {
  return {
    name: 'ivy-chat:second-pass',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, files) {
        for (const file of Object.values(files)) {
          if (file.type !== 'chunk') continue;
          const { map } = file;
          const small = await minify(file.code, {
            ecma: 2020,
            // What is written alike is compressed better, though there is more of it.
            compress: { passes: 2, hoist_funs: true, if_return: false, lhs_constants: false },
            format: { comments: KEPT },
            ...(map === null ? {} : { sourceMap: { content: JSON.stringify(map), asObject: true } }),
          });
          file.code = small.code ?? file.code;
          if (map !== null && typeof small.map === 'object') Object.assign(map, small.map);
        }
      },
    },
  };
}
