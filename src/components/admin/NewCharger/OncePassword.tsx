'use client'

import { CopyRow } from '../ui/CopyRow'
import { Dialog } from '../ui/Dialog'

type Props = { name: string; url: string; identity: string; password: string; onDone: () => void }

/** What has to be typed into a charger, with its password, which is shown this once. */
export function OncePassword({ name, url, identity, password, onDone }: Props) {
  return (
    <Dialog onClose={onDone} title={`Connect ${name}`}>
      <p>Enter these in the charger’s own set-up page, then restart it.</p>
      <CopyRow label="Address (OCPP 1.6-J)" value={`${url}/${encodeURIComponent(identity)}`} />
      <CopyRow label="Identity (user name)" value={identity} />
      <CopyRow label="Password" value={password} />
      <p className="cpms-note">
        The password is shown this once and kept nowhere in clear. Lost ones are replaced: in the
        charger’s Settings, “Make a new password”.
      </p>
      <div className="cpms-dialog-buttons">
        <button className="cpms-button" data-kind="primary" onClick={onDone} type="button">
          Done
        </button>
      </div>
    </Dialog>
  )
}
