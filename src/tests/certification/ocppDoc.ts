import { fromCharger, toCharger } from '#ocpp/v16/actions'
import { faults } from '#ocpp/sim/faults'
import { commandKinds } from '@/domain/command'
import { cases } from './cases'
import { quirksElsewhere, quirkTitles } from './quirks'

/**
 * `ocppDoc`: docs/ocpp.md, from the tables that the tests run from, so that it cannot promise more than they show.
 * `WRITE_DOCS=1` before the test writes it.
 */
export function ocppDoc(): string {
  return [
    '# OCPP 1.6: what is spoken, and what shows it',
    '',
    'Made from the tests (`src/tests/certification/ocppDoc.ts`; `WRITE_DOCS=1 npx jest --selectProjects integration',
    '--testPathPatterns certification/ocppDoc` writes it). Everything here is green in `npm test`.',
    '',
    '## Messages',
    '',
    'In: from the charger, with its translator and that one’s test in `ocpp/v16/in`. Out: what can be asked of a charger',
    '(`POST /api/commands`), each as data in `src/domain/command/kinds.ts`. All are checked against the official schemas in both directions.',
    '',
    ...table(
      ['message', 'direction', 'profile', 'certification cases'],
      [
        ...fromCharger.map((action) => [action, 'in', profileIn(action), casesOf(action)]),
        ...toCharger.map((action) => [
          action,
          'out',
          commandKinds[action].profile,
          casesOf(action),
        ]),
      ],
    ),
    '',
    '## Certification cases for central systems',
    '',
    'Each runs as `<id>_CSMS` in `src/tests/certification`, against the real ocpp role on a real Postgres, with raw frames.',
    '',
    ...table(
      ['case', 'what', 'messages', 'shown by'],
      cases.map((one) => [
        one.id,
        one.what,
        one.messages.join(', ') || '–',
        'cannot' in one ? one.cannot : 'its test',
      ]),
    ),
    '',
    '## What real chargers do wrong',
    '',
    'Each row has switches in the simulator (`npm run sim -- --fault list`) and tests (`src/tests/quirks.int.test.ts`), or says where it is shown.',
    '',
    ...table(
      ['row', 'what', 'switches', 'shown by'],
      quirkTitles.map((title, index) => {
        const row = index + 1
        const names = Object.entries(faults).flatMap(([name, fault]) =>
          fault.row === row ? [`\`${name}\``] : [],
        )
        return [
          String(row),
          title,
          names.join(', ') || '–',
          names.length > 0 ? '`src/tests/quirks.int.test.ts`' : (quirksElsewhere[row] ?? ''),
        ]
      }),
    ),
    '',
  ].join('\n')
}

const security = new Set([
  'SecurityEventNotification',
  'SignCertificate',
  'LogStatusNotification',
  'SignedFirmwareStatusNotification',
])
const firmware = new Set(['DiagnosticsStatusNotification', 'FirmwareStatusNotification'])

function profileIn(action: string): string {
  if (security.has(action)) return 'Security'
  return firmware.has(action) ? 'FirmwareManagement' : 'Core'
}

function casesOf(action: string): string {
  const ids = cases.filter(({ messages }) => messages.includes(action)).map(({ id }) => id)
  return ids.join(', ') || '–'
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
