import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'

import { faults } from '#ocpp/sim/faults'
import { ocppDoc } from './ocppDoc'
import { quirksElsewhere, quirkTitles } from './quirks'

const path = new URL('../../../docs/ocpp.md', import.meta.url)

test('docs/ocpp.md says what the tests show', async () => {
  const made = await format(ocppDoc(), {
    parser: 'markdown',
    printWidth: 100,
    semi: false,
    singleQuote: true,
  })
  if (process.env.WRITE_DOCS) writeFileSync(path, made)
  expect(readFileSync(path, 'utf8')).toBe(made)
})

test('each of the 48 rows of quirks has a switch, or says what shows it', () => {
  const switched = new Set(Object.values(faults).map((fault): number => fault.row))
  const unshown = quirkTitles.flatMap((_title, i) =>
    switched.has(i + 1) === i + 1 in quirksElsewhere ? [i + 1] : [],
  )
  expect(quirkTitles).toHaveLength(48)
  expect(unshown).toEqual([])
})
