'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { fitsImage, sameVersion } from '@/domain/firmware'
import type { CandidateRow, ImageRow, UpdateStart } from '@/panel/firmwarePages'

import { save } from '../ui/save'
import { ChooseChargers } from './ChooseChargers'
import { ChooseImage } from './ChooseImage'
import { ChooseWhen, usualWhen, whenFields, type When } from './ChooseWhen'

/** The whole of a firmware update on one page: which chargers, which image, when, start. */
export function UpdateFlow({ start, title }: { start: UpdateStart; title?: string }) {
  const router = useRouter()
  const [chosen, setChosen] = useState<ReadonlyMap<number, CandidateRow>>(
    () => new Map(start.chosen.filter((row) => !row.busyWith).map((row) => [row.id, row])),
  )
  const [images, setImages] = useState(start.images)
  const [imageId, setImageId] = useState<number | null>(null)
  const [when, setWhen] = useState<When>(usualWhen)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const chargers = [...chosen.values()]
  const image = images.find((one) => one.id === imageId) ?? null
  const misfits = image ? chargers.filter((row) => !fitsImage(image, row)) : []
  const waits = chargers.filter((row) => !row.isConnected).length
  const has = image ? chargers.filter((row) => sameVersion(row.firmwareVersion, image.version)) : []
  const timing = whenFields(when)
  const canStart = chargers.length > 0 && image !== null && misfits.length === 0 && timing !== null

  async function begin(): Promise<void> {
    setSending(true)
    setProblem(null)
    const body = { firmware: imageId, chargers: chargers.map(({ id }) => id), ...timing }
    const saved = await save('POST', '/api/firmware-updates', body)
    setSending(false)
    if (saved.kind === 'refused') return setProblem(saved.why)
    const { doc } = saved.body as { doc: { id: number } }
    toast.success('The update is under way.')
    router.push(`/admin/collections/firmware-updates/${doc.id}`)
  }

  function added(made: ImageRow): void {
    setImages((before) => [made, ...before])
    setImageId(made.id)
  }

  return (
    <section className="cpms-block">
      {title && <h2>{title}</h2>}
      <ol className="cpms-flow">
        <li className="cpms-card" data-done={chargers.length > 0}>
          <h3>Choose chargers</h3>
          <ChooseChargers
            chosen={chosen}
            image={image}
            makes={start.makes}
            onChange={setChosen}
            startsWith={start.chosen}
          />
        </li>
        <li className="cpms-card" data-done={image !== null}>
          <h3>Upload an image, or choose one from the list</h3>
          <ChooseImage
            chargers={chargers}
            chosenId={imageId}
            images={images}
            onAdded={added}
            onChoose={setImageId}
            upload={start.upload}
          />
        </li>
        <li className="cpms-card" data-done={timing !== null}>
          <h3>Now or later</h3>
          <ChooseWhen onChange={setWhen} when={when} />
        </li>
        <li className="cpms-card">
          <h3>Start</h3>
          <p aria-live="polite">{summary({ chargers, image, when })}</p>
          {misfits.length > 0 && (
            <p className="cpms-problem" role="alert">
              {names(misfits)} {misfits.length === 1 ? 'is' : 'are'} not of the image’s make. Choose
              another image, or take {misfits.length === 1 ? 'it' : 'them'} off.
            </p>
          )}
          {waits > 0 && (
            <p className="cpms-note">
              {waits === 1 ? 'One charger is' : `${waits} chargers are`} not connected:{' '}
              {waits === 1 ? 'it is' : 'they are'} asked when back, within a day (a week with an
              off-peak window).
            </p>
          )}
          {has.length > 0 && (
            <p className="cpms-note">
              {names(has)} {has.length === 1 ? 'has' : 'have'} this version already and{' '}
              {has.length === 1 ? 'is' : 'are'} left as {has.length === 1 ? 'it is' : 'they are'}.
            </p>
          )}
          {problem && (
            <p className="cpms-problem" role="alert">
              {problem}
            </p>
          )}
          <div>
            <button
              className="cpms-button"
              data-kind="primary"
              disabled={!canStart || isSending}
              onClick={() => void begin()}
              type="button"
            >
              {isSending ? 'Starting…' : 'Start the update'}
            </button>
          </div>
        </li>
      </ol>
    </section>
  )
}

function names(rows: readonly CandidateRow[]): string {
  const shown = rows.slice(0, 3).map(({ name }) => name)
  const more = rows.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ')
}

function summary({
  chargers,
  image,
  when,
}: {
  chargers: readonly CandidateRow[]
  image: ImageRow | null
  when: When
}): string {
  if (chargers.length === 0) return 'Choose at least one charger.'
  if (!image) return 'Choose an image.'
  const who = chargers.length === 1 ? names(chargers) : `${chargers.length} chargers`
  const what = [image.vendor, image.model, image.version].filter(Boolean).join(' ')
  const at = {
    now: 'now',
    at: when.at ? `at ${when.at.replace('T', ' ')} (your time)` : 'at a time to be chosen',
    window: `between ${when.from} and ${when.until} by the clock at each site`,
  }[when.kind]
  return `${who} will download ${what} from this system and install it, ${at}. A charger may be out of use for some minutes; most wait for a running charge to end.`
}
