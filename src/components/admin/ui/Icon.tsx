/** Our few icons, drawn here so that the panel needs no icon font and no network. 24 × 24, one stroke. */
const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  bolt: 'M13 2.5L5 13.5h5.5L10 21.5l8.5-11.5H13z',
  plug: 'M9 3v5M15 3v5M6.5 8h11v3.5a5.5 5.5 0 01-11 0zM12 17v4',
  pause: 'M8.5 5v14M15.5 5v14',
  'pause-vehicle': 'M4 15v-3l2.2-5h11.6L20 12v3M4 15h16M4 15v3M20 15v3M9.5 9.5v3M14.5 9.5v3',
  flag: 'M6 21V4M6 4.5h11.5l-2.5 4 2.5 4H6',
  bookmark: 'M6.5 3.5h11V21L12 16.5 6.5 21z',
  lock: 'M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 017 0V11',
  unlock: 'M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 016.8-1.2',
  warning: 'M12 3.5L2.5 20.5h19zM12 10v4.5M12 17.2v.6',
  'cloud-off':
    'M3.5 3.5l17 17M9 6.2A5.5 5.5 0 0117.3 10 4.2 4.2 0 0119.6 17M15.5 18.5H7.2a4.3 4.3 0 01-.7-8.5',
  clock: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 7.5V12l3 2',
  question: 'M9 9.2a3 3 0 115 2.2c-1 .9-2 1.3-2 2.8M12 17.4v.6',
  play: 'M7 4.5l12 7.5-12 7.5z',
  stop: 'M6.5 6.5h11v11h-11z',
  restart: 'M19.5 12a7.5 7.5 0 11-2.2-5.3M19.5 3.5v4.2h-4.2',
  power: 'M12 3v8.5M6.8 6.5a7.5 7.5 0 1010.4 0',
  copy: 'M9 9h11v11H9zM5.5 15H4V4h11v1.5',
  card: 'M3 6h18v12H3zM3 10h18M6.5 14.5h4',
  pin: 'M12 21.5c4-5 6.5-8 6.5-11.5a6.5 6.5 0 10-13 0c0 3.500 2.500 6.500 6.500 11.500zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  pencil: 'M4 20l1-4.5L16.5 4 20 7.500 8.500 19z',
  key: 'M14.500 9.500a4.500 4.500 0 10-3.600 4.400L13 16h2.500v2.500H18V21h3v-3.500l-6.300-6.300a4.500 4.500 0 00-.2-1.700z',
  bell: 'M12 3.500a5.500 5.500 0 00-5.500 5.500v4L4.500 16.500h15L17.500 13V9A5.500 5.500 0 0012 3.500zM10 19.500a2.200 2.200 0 004 0',
  user: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.500 20.500c.6-4 3.500-6 7.500-6s6.900 2 7.500 6',
  mail: 'M3 6h18v12.500H3zM3.500 6.500L12 13l8.500-6.500',
  ticket: 'M4 5.500h16v10.500H12l-5 4v-4H4z',
  cross: 'M6 6l12 12M18 6L6 18',
  dot: 'M12 9.500a2.500 2.500 0 100 5 2.500 2.500 0 000-5z',
  search: 'M10.500 4a6.500 6.500 0 100 13 6.500 6.500 0 000-13zM15.300 15.300L20.500 20.500',
  person: 'M12 3.500a4 4 0 100 8 4 4 0 000-8zM4.500 20.500c.5-4 3.500-6 7.500-6s7 2 7.500 6',
  gear: 'M12 8.500a3.500 3.500 0 100 7 3.500 3.500 0 000-7zM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, label }: { name: string; label?: string }) {
  const path = Object.hasOwn(paths, name) ? paths[name as IconName] : paths.question
  return (
    <svg
      aria-hidden={label ? undefined : true}
      aria-label={label}
      className="cpms-icon"
      role={label ? 'img' : undefined}
      viewBox="0 0 24 24"
    >
      <path d={path} />
    </svg>
  )
}
