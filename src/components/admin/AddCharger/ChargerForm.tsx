'use client'

import { useState, type FormEvent } from 'react'

import { readIdentity } from '@/domain/identity'
import type { SiteChoice } from '@/panel/addCharger'

import { sentenceOf } from '../commands/send'
import { GoTo } from '../ui/GoTo'
import { identityFrom } from './identityFrom'

export type Made = {
  id: number
  name: string
  identity: string
  serialNumber: string
  siteName: string
  password: string
}

type Props = {
  sites: SiteChoice[]
  url: string
  identity: string
  site: string
  onMade: (made: Made) => void
}

type Fields = {
  name: string
  serialNumber: string
  identity: string
  site: string
  visibility: 'private' | 'public'
  assumesOcpp16: boolean
}

/** A field's own problem comes from the server with its path; the rest is said above the button. */
type Problems = Partial<Record<string, string>>

export function ChargerForm({ sites, url, identity, site, onMade }: Props) {
  const [fields, setFields] = useState<Fields>({
    name: '',
    serialNumber: '',
    identity,
    site: site || (sites.length === 1 ? String(sites[0]?.id) : ''),
    visibility: 'private',
    assumesOcpp16: false,
  })
  const [isOwnIdentity, setOwnIdentity] = useState(identity !== '')
  const [problems, setProblems] = useState<Problems>({})
  const [isSaving, setSaving] = useState(false)
  const set = (change: Partial<Fields>) => setFields((before) => ({ ...before, ...change }))
  const read = readIdentity(fields.identity)
  const wrong = fields.identity !== '' && 'problem' in read ? read.problem : problems.identity

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    setSaving(true)
    setProblems({})
    const response = await fetch('/api/chargers?depth=0', {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...fields, site: Number(fields.site) }),
    }).catch(() => null)
    const body: unknown = await response?.json().catch(() => null)
    setSaving(false)
    if (!response?.ok) return setProblems(problemsOf(body))
    const { doc } = body as {
      doc: { id: number; name: string; identity: string; oneTimePassword: string }
    }
    onMade({
      id: doc.id,
      name: doc.name,
      identity: doc.identity,
      serialNumber: fields.serialNumber,
      siteName: sites.find(({ id }) => String(id) === fields.site)?.name ?? '',
      password: doc.oneTimePassword,
    })
  }

  return (
    <form className="cpms-guide" onSubmit={(event) => void save(event)}>
      <p>
        An installer needs three things: the charger’s serial number, internet access for it (SIM
        card or Wi-Fi), and what this page gives out at its end.
      </p>
      <Field
        about="On the type plate, often S/N."
        label="Serial number"
        problem={problems.serialNumber}
      >
        <input
          autoComplete="off"
          autoFocus
          className="cpms-input"
          maxLength={60}
          name="serialNumber"
          onChange={({ target }) =>
            set({
              serialNumber: target.value,
              ...(isOwnIdentity ? {} : { identity: identityFrom(target.value) }),
            })
          }
          value={fields.serialNumber}
        />
      </Field>
      <Field
        about="What people call it: “Villa Charger”, “Parking Bay 3”. Drivers see it too."
        label="Name"
        problem={problems.name}
      >
        <input
          autoComplete="off"
          className="cpms-input"
          maxLength={80}
          name="name"
          onChange={({ target }) => set({ name: target.value })}
          required
          value={fields.name}
        />
      </Field>
      <Field about="Where it stands." label="Site" problem={problems.site}>
        <select
          className="cpms-input"
          name="site"
          onChange={({ target }) => set({ site: target.value })}
          required
          value={fields.site}
        >
          <option value="">Choose a site</option>
          {sites.map(({ id, name, address }) => (
            <option key={id} value={id}>
              {[name, address].filter(Boolean).join(' · ')}
            </option>
          ))}
        </select>
      </Field>
      <Field
        about="The name it uses towards this system; usually its serial number. It is the end of its address."
        label="Identity"
        problem={wrong}
      >
        <input
          autoComplete="off"
          className="cpms-input cpms-mono"
          maxLength={48}
          name="identity"
          onChange={({ target }) => {
            setOwnIdentity(target.value !== '')
            set({ identity: target.value })
          }}
          required
          value={fields.identity}
        />
        <span className="cpms-muted cpms-mono">
          {url}/{fields.identity ? encodeURIComponent(fields.identity) : '‹identity›'}
        </span>
      </Field>
      <details className="cpms-more">
        <summary>More</summary>
        <label className="cpms-check">
          <input
            checked={fields.visibility === 'public'}
            onChange={({ target }) => set({ visibility: target.checked ? 'public' : 'private' })}
            type="checkbox"
          />
          Public at once: visible on the app’s map and usable by anyone
        </label>
        <label className="cpms-check">
          <input
            checked={fields.assumesOcpp16}
            onChange={({ target }) => set({ assumesOcpp16: target.checked })}
            type="checkbox"
          />
          It connects without naming its protocol: take it as OCPP 1.6
        </label>
      </details>
      {problems[''] && (
        <p className="cpms-problem" role="alert">
          {problems['']}
        </p>
      )}
      <div className="cpms-row">
        <button
          className="cpms-button"
          data-kind="primary"
          disabled={isSaving || Boolean(wrong)}
          type="submit"
        >
          {isSaving ? 'Adding…' : 'Add charger'}
        </button>
        <GoTo to="/admin/collections/chargers/create">All fields in one form</GoTo>
      </div>
    </form>
  )
}

type FieldProps = {
  label: string
  about: string
  problem: string | undefined
  children: React.ReactNode
}

function Field({ label, about, problem, children }: FieldProps) {
  return (
    <label className="cpms-field">
      <strong>{label}</strong>
      <span className="cpms-muted">{about}</span>
      {children}
      {problem && (
        <span className="cpms-field-problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  )
}

function problemsOf(body: unknown): Problems {
  const { errors } = (body ?? {}) as {
    errors?: { data?: { errors?: { path: string; message: string }[] } }[]
  }
  const fields = errors?.[0]?.data?.errors
  if (fields?.length) return Object.fromEntries(fields.map(({ path, message }) => [path, message]))
  return {
    '': sentenceOf(body) ?? 'The charger was not added. Check your connection and try again.',
  }
}
