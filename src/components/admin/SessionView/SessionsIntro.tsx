import { ListViews, type ListView } from '../ui/ListViews'

const views: readonly ListView[] = [
  { label: 'All', where: null },
  { label: 'Needs review', where: { '[status][equals]': 'needs-review' } },
  { label: 'Under way', where: { '[status][equals]': 'charging' } },
  { label: 'Corrected', where: { '[correctionMinor][exists]': 'true' } },
]

/** What is asked of the list every day stands above it; the page of a session has a head of its own. */
export function SessionsIntro({ id, description }: { id?: number | string; description?: string }) {
  if (id !== undefined) return null
  return (
    <>
      <p className="cpms-muted">{description}</p>
      <ListViews slug="sessions" views={views} />
    </>
  )
}
