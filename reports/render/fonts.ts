import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { Font } from '@react-pdf/renderer'

/** Roboto (Apache 2.0) as pdfmake brings it: Latin, Greek, Cyrillic, and digits of one width. Nothing is downloaded. */
export function registerFonts(): void {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
    'fonts/Roboto',
  )
  Font.register({
    family: 'Roboto',
    fonts: [
      { src: join(folder, 'Roboto-Regular.ttf') },
      { src: join(folder, 'Roboto-Italic.ttf'), fontStyle: 'italic' },
      { src: join(folder, 'Roboto-Medium.ttf'), fontWeight: 500 },
    ],
  })
  // names of places and chargers are not to be cut into syllables
  Font.registerHyphenationCallback((word) => [word])
}
