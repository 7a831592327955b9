import { Component } from 'react';
import type { ReactNode } from 'react';

/** A part that cannot be drawn says so in its own place; everything around it goes on. */
export class Broken extends Component<{ readonly children: ReactNode }, { readonly fault: string | null }> {
  override state = { fault: null };

  static getDerivedStateFromError(error: unknown): { readonly fault: string } {
    return { fault: error instanceof Error ? error.message : 'it failed' };
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
