'use client'

import { Component, type ReactNode } from 'react'

/** One block of a page that fails says so in its place; the rest of the page stands. */
export class Attempt extends Component<
  { what: string; children: ReactNode },
  { hasFailed: boolean }
> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <p className="cpms-problem" role="alert">
        {this.props.what} could not be read.{' '}
        <button
          className="cpms-button"
          data-kind="quiet"
          onClick={() => window.location.reload()}
          type="button"
        >
          Try again
        </button>
      </p>
    )
  }
}
