import { Component } from 'react';
import type { ReactNode } from 'react';

interface BrokenProps {
  /** Where it stands: elsewhere it is tried again. */
  readonly at: string;
  readonly children: ReactNode;
}

interface BrokenState {
  readonly at: string;
  readonly fault: string | null;
}

/** A part that cannot be drawn says so in its own place; everything around it goes on. */
export class Broken extends Component<BrokenProps, BrokenState> {
  override state: BrokenState = { at: this.props.at, fault: null };

  static getDerivedStateFromError(error: unknown): Partial<BrokenState> {
    return { fault: error instanceof Error ? error.message : 'it failed' };
  }

  static getDerivedStateFromProps({ at }: BrokenProps, state: BrokenState): Partial<BrokenState> | null {
    return at === state.at ? null : { at, fault: null };
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
