'use client'

import { CopyRow } from '../ui/CopyRow'
import { Dialog } from '../ui/Dialog'

/** The link that lets somebody set a password, shown this once. */
export function LinkDialog({
  link,
  name,
  onDone,
}: {
  link: string
  name?: string
  onDone: () => void
}) {
  return (
    <Dialog onClose={onDone} title={name ? `A way in for ${name}` : 'A link to set the password'}>
      <p>Pass this link on, to this person alone: whoever opens it sets the password.</p>
      <CopyRow label="Link" value={link} />
      <p className="cpms-note">
        It works once, for an hour, and is shown this once. A new link makes this one worthless;
        after an hour there is “Forgot Password” on the login page.
      </p>
      <div className="cpms-dialog-buttons">
        <button className="cpms-button" data-kind="primary" onClick={onDone} type="button">
          Done
        </button>
      </div>
    </Dialog>
  )
}
