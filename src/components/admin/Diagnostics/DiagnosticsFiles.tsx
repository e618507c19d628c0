'use client'

import { diagnosticsSentence, diagnosticsWords } from '@/domain/diagnostics'
import type { DiagnosticsRow } from '@/panel/firmwarePages'

import { megabytes } from '../Firmware/size'
import { useLive, useReread } from '../live/LiveContext'
import { Ago } from '../ui/Ago'
import { Icon, type IconName } from '../ui/Icon'

type Props = {
  charger: { id: number; name: string; timezone: string }
  files: DiagnosticsRow[]
  mayDownload: boolean
}

const looks: Readonly<Record<string, { tone: string; icon: IconName }>> = {
  requested: { tone: 'blue', icon: 'clock' },
  uploading: { tone: 'blue', icon: 'arrow' },
  uploaded: { tone: 'green', icon: 'check' },
  failed: { tone: 'red', icon: 'cross' },
}

/** The files of a charger, the newest first, moving as they come. */
export function DiagnosticsFiles({ charger, files, mayDownload }: Props) {
  const reread = useReread()
  useLive({
    onReturn: reread,
    onEvent: (event) => {
      if (event.kind === 'diagnostics.changed' && event.chargerId === charger.id) reread()
    },
  })
  if (files.length === 0) return <p className="cpms-muted">None yet.</p>
  return (
    <table className="cpms-table">
      <thead>
        <tr>
          <th>Asked</th>
          <th>For</th>
          <th>State</th>
          <th>File</th>
          <th className="cpms-num">Size</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr data-file={file.id} data-state={file.state} key={file.id}>
            <td data-label="Asked">
              <span>
                <Ago at={file.createdAt} timezone={charger.timezone} />
                {file.requestedBy && <span className="cpms-muted"> by {file.requestedBy}</span>}
              </span>
            </td>
            <td data-label="For">
              <span>{file.log === 'security' ? 'Security log' : 'Diagnostics'}</span>
            </td>
            <td data-label="State">
              <span className="cpms-list-text">
                <State state={file.state} />
                <span className="cpms-muted">{said(file, charger.name)}</span>
              </span>
            </td>
            <td data-label="File">
              <span className="cpms-value">{file.filename ?? '–'}</span>
            </td>
            <td className="cpms-num" data-label="Size">
              <span>{file.filename ? megabytes(file.sizeBytes) : '–'}</span>
            </td>
            <td className="cpms-num">
              {file.state === 'uploaded' && mayDownload && (
                <a className="cpms-button" download href={`/api/diagnostics/${file.id}/file`}>
                  Download
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function State({ state }: { state: string }) {
  const look = looks[state] ?? { tone: 'grey', icon: 'question' as const }
  return (
    <span>
      <span className="cpms-pill" data-tone={look.tone}>
        <Icon name={look.icon} /> {diagnosticsWords[state] ?? state}
      </span>
    </span>
  )
}

/** What the charger said to the command where that is the reason, else the reason in words. */
function said({ reason, outcome }: DiagnosticsRow, charger: string): string | null {
  return reason === 'command' && outcome ? outcome : diagnosticsSentence(reason, charger)
}
