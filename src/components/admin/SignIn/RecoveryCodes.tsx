'use client'

import { useState } from 'react'

import { copy } from '../ui/CopyRow'
import { saveText } from '../ui/saveFile'

/** Shown this once: the way in on the day the phone is lost. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [isKept, setKept] = useState(false)
  return (
    <div className="cpms-enrol">
      <p>
        Keep these recovery codes where you keep passwords. If your phone is lost, each of them lets
        you sign in once. They are shown this once.
      </p>
      <ol className="cpms-recovery-codes">
        {codes.map((code) => (
          <li className="cpms-mono" key={code}>
            {code}
          </li>
        ))}
      </ol>
      <div className="cpms-row">
        <button className="cpms-button" onClick={() => void copy(codes.join('\n'))} type="button">
          Copy
        </button>
        <button
          className="cpms-button"
          onClick={() => saveText('cita-ev-recovery-codes.txt', textOf(codes))}
          type="button"
        >
          Download
        </button>
      </div>
      <label className="cpms-check">
        <input
          checked={isKept}
          onChange={(event) => setKept(event.target.checked)}
          type="checkbox"
        />
        I have kept them
      </label>
      <div className="cpms-sign-in-buttons">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={!isKept}
          onClick={onDone}
          type="button"
        >
          Done
        </button>
      </div>
    </div>
  )
}

const textOf = (codes: string[]): string =>
  `Recovery codes for the CITA EV panel. Each lets you sign in once.\n\n${codes.join('\n')}\n`
