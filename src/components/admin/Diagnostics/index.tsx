import type { DiagnosticsPage } from '@/panel/firmwarePages'

import { AskForLog } from './AskForLog'
import { DiagnosticsFiles } from './DiagnosticsFiles'

/** A charger's own log: ask for it, watch it come, download it. */
export function Diagnostics({
  charger,
  page,
  mayAsk,
}: {
  charger: { id: number; name: string; timezone: string }
  page: DiagnosticsPage
  mayAsk: boolean
}) {
  if (!mayAsk && page.files.length === 0) return null
  return (
    <section className="cpms-block" id="diagnostics">
      <h2>Diagnostics files</h2>
      {mayAsk && <AskForLog chargerId={charger.id} />}
      <DiagnosticsFiles charger={charger} files={page.files} mayDownload={page.mayDownload} />
    </section>
  )
}
