'use client'

import { useMemo, useState } from 'react'

import { compareConfiguration, type ComparedEntry } from '@/domain/configuration'
import type { ChargerConfiguration } from '@/panel/chargerTabs'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { whole } from '../ui/words'
import { ChangeSetting } from './ChangeSetting'
import { ConfigurationRow } from './ConfigurationRow'
import { useConfiguring } from './useConfiguring'

type Props = {
  chargerId: number
  chargerName: string
  configuration: ChargerConfiguration
  mayChange: boolean
  isConnected: boolean
  timezone: string
}

export function ConfigurationBoard(props: Props) {
  const { chargerId, chargerName, configuration, mayChange, isConnected, timezone } = props
  const { entries, readAt, template, templates } = configuration
  const { doing, isBusy, readAll, change } = useConfiguring(chargerId)
  const [sought, setSought] = useState('')
  const [onlyDifferent, setOnlyDifferent] = useState(false)
  const [editing, setEditing] = useState<ComparedEntry | null>(null)
  const [isApplying, setApplying] = useState(false)
  const rows = useMemo(
    () => compareConfiguration(entries, template?.entries ?? []),
    [entries, template],
  )
  const different = rows.filter(({ verdict }) => verdict === 'differs' || verdict === 'missing')
  const settable = different.filter(({ readonly }) => !readonly)
  const shown = (onlyDifferent ? different : rows).filter(({ key, value }) =>
    `${key} ${value ?? ''}`.toLowerCase().includes(sought.trim().toLowerCase()),
  )

  return (
    <>
      <div className="cpms-row">
        <button
          className="cpms-button"
          data-kind={entries.length === 0 ? 'primary' : undefined}
          disabled={isBusy}
          onClick={() => void readAll()}
          type="button"
        >
          <Icon name="restart" /> {entries.length === 0 ? 'Read the settings' : 'Read again'}
        </button>
        {readAt && (
          <span className="cpms-muted">
            Read <Ago at={readAt} timezone={timezone} />
          </span>
        )}
        {!isConnected && (
          <span className="cpms-muted">
            The charger is offline: these are the settings it had when last read.
          </span>
        )}
      </div>
      <p
        aria-live="polite"
        className={doing?.isBad ? 'cpms-problem' : 'cpms-note'}
        hidden={!doing}
        role="status"
      >
        {isBusy && <span aria-hidden="true" className="cpms-waiting" />} {doing?.what}
      </p>
      {entries.length === 0 ? (
        <div className="cpms-empty">
          <h2>Not read yet</h2>
          <p>
            Ask the charger what it is set to: it names every key, which of them can be changed, and
            its value.
          </p>
        </div>
      ) : (
        <>
          <div className="cpms-row">
            <input
              aria-label="Find a setting"
              className="cpms-input"
              onChange={(event) => setSought(event.target.value)}
              placeholder="Find a setting"
              type="search"
              value={sought}
            />
            <TemplateChoice chargerId={chargerId} template={template} templates={templates} />
            {template && (
              <label className="cpms-check">
                <input
                  checked={onlyDifferent}
                  onChange={(event) => setOnlyDifferent(event.target.checked)}
                  type="checkbox"
                />
                Only differences ({whole(different.length)})
              </label>
            )}
            {template && mayChange && settable.length > 0 && (
              <button
                className="cpms-button"
                disabled={isBusy}
                onClick={() => setApplying(true)}
                type="button"
              >
                Set {settable.length === 1 ? 'the difference' : `all ${settable.length}`} as in the
                template
              </button>
            )}
          </div>
          <table className="cpms-table cpms-settings">
            <thead>
              <tr>
                <th>Setting</th>
                <th>Value</th>
                {template && <th>Template</th>}
                <th>
                  <span className="cpms-sr">Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <ConfigurationRow
                  hasTemplate={template !== null}
                  isBusy={isBusy}
                  key={row.key}
                  mayChange={mayChange}
                  onChange={() => setEditing(row)}
                  row={row}
                />
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p className="cpms-muted">No setting matches.</p>}
        </>
      )}
      {editing && (
        <ChangeSetting
          change={change}
          chargerName={chargerName}
          onClose={() => setEditing(null)}
          row={editing}
        />
      )}
      {isApplying && (
        <ConfirmDialog
          confirm={`Set ${settable.length}`}
          onClose={() => setApplying(false)}
          send={() => change(settable.map(({ key, wanted }) => ({ key, value: wanted ?? '' })))}
          title={`Set ${chargerName} as in “${template?.name}”?`}
        >
          <ul className="cpms-changes">
            {settable.map(({ key, value, wanted }) => (
              <li key={key}>
                {key}: <del>{value ?? 'not set'}</del> <ins>{wanted}</ins>
              </li>
            ))}
          </ul>
          <p className="cpms-muted">
            Each is sent by itself and read back; the charger may refuse some.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}

type ChoiceProps = { chargerId: number } & Pick<ChargerConfiguration, 'template' | 'templates'>

function TemplateChoice({ chargerId, template, templates }: ChoiceProps) {
  if (templates.length === 0)
    return (
      <GoTo to="/admin/collections/configuration-templates">Make a template to compare with</GoTo>
    )
  return (
    <label className="cpms-check">
      Compare with
      <select
        className="cpms-input"
        onChange={(event) => {
          const { value } = event.target
          window.location.assign(
            `/admin/collections/chargers/${chargerId}/configuration${value ? `?template=${value}` : ''}`,
          )
        }}
        value={template?.id ?? ''}
      >
        <option value="">{template ? 'its own template' : 'no template'}</option>
        {templates.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
