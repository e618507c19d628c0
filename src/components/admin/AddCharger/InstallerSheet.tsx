'use client'

import { CopyRow } from '../ui/CopyRow'
import { Icon } from '../ui/Icon'
import type { Made } from './ChargerForm'
import { QrCode } from './QrCode'

/** What has to be typed into the charger, as a sheet that can be printed and taken along. */
export function InstallerSheet({ made, url }: { made: Made; url: string }) {
  const address = `${url}/${encodeURIComponent(made.identity)}`
  return (
    <section aria-label="For the installer" className="cpms-card cpms-sheet">
      <div className="cpms-card-head">
        <h2>
          {made.name} <span className="cpms-muted">{made.siteName}</span>
        </h2>
        <button className="cpms-button cpms-noprint" onClick={() => window.print()} type="button">
          <Icon name="list" /> Print for the installer
        </button>
      </div>
      <div className="cpms-sheet-facts">
        <div>
          <CopyRow label="Address (OCPP 1.6-J)" value={address} />
          <CopyRow label="Identity (user name)" value={made.identity} />
          <CopyRow label="Password" value={made.password} />
          {made.serialNumber && <CopyRow label="Serial number" value={made.serialNumber} />}
        </div>
        <figure>
          <QrCode label={`QR code of ${address}`} text={address} />
          <figcaption className="cpms-muted">
            The address, for chargers that are set up by a phone
          </figcaption>
        </figure>
      </div>
      <p className="cpms-note">
        <strong>The password is shown this once</strong> and kept nowhere in clear. Lost ones are
        replaced: in the charger’s Settings, “Make a new password”.
      </p>
      <h3>Checklist</h3>
      <ol className="cpms-checklist">
        {checklist.map((step) => (
          <li key={step}>
            <label className="cpms-check">
              <input type="checkbox" /> {step}
            </label>
          </li>
        ))}
      </ol>
    </section>
  )
}

const checklist = [
  'Internet: SIM card in and its APN set, or Wi-Fi or network cable connected.',
  'Backend (or “Central System”, “CSMS”): OCPP 1.6 JSON.',
  'Address as above. If the charger has a field of its own for the identity, enter the address without its last part.',
  'User name and password (basic authentication, “authorization key”) as above.',
  'Date, time and time zone right, or time from the network.',
  'Save and restart the charger.',
  'Its light shows that it is online; this page says “Connected”.',
  'One charge from start to stop with a card, to see it appear under Sessions.',
]
