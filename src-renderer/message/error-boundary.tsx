/** Keeps a fault in drawing a message within the message: a sentence stands in its place. */
import { Component } from 'react'

interface ErrorBoundaryProps {
  readonly instead: string
  readonly children: React.ReactNode
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): React.ReactNode {
    return this.state.isBroken ? <p>{this.props.instead}</p> : this.props.children
  }
}
