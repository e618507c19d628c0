import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json: two above this file, one above `dist/`. */
export const projectRoot = rootAbove(dirname(fileURLToPath(import.meta.url)))

function rootAbove(dir: string): string {
  return existsSync(join(dir, 'package.json')) || dirname(dir) === dir
    ? dir
    : rootAbove(dirname(dir))
}
