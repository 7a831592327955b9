import { Component } from 'react';
import type { ReactNode } from 'react';

interface BrokenProps {
  /** Where it stands: elsewhere it is tried again. */
  readonly at: string;
  readonly children: ReactNode;
}

/** A part that cannot be drawn says so in its own place; everything around it goes on. */
export class Broken extends Component<BrokenProps, { readonly fault: string | null }> {
  override state = { fault: null };

  static getDerivedStateFromError(error: unknown): { readonly fault: string } {
    return { fault: error instanceof Error ? error.message : 'it failed' };
  }

  override componentDidUpdate({ at }: BrokenProps): void {
    if (at !== this.props.at && this.state.fault !== null) this.setState({ fault: null });
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children;
    return (
      <main className="alone" role="alert">
        <p>This cannot be shown: {this.state.fault}. Nothing that was given is lost.</p>
        <button type="button" onClick={() => this.setState({ fault: null })}>
          Try again
        </button>
      </main>
    );
  }
}
