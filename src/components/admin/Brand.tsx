/** The name of the product above the login, and its mark in the bar. */
export function Logo() {
  return (
    <div className="cpms-logo">
      <Mark />
      <span>CITA EV</span>
    </div>
  )
}

export function Mark() {
  return (
    <svg aria-hidden="true" className="cpms-mark" viewBox="0 0 24 24">
      <rect height="24" rx="6" width="24" />
      <path d="M13.200 4L6.500 13.500h4.400L10.600 20l7-9.500h-4.700z" />
    </svg>
  )
}
