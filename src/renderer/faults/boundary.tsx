import { Component, type ErrorInfo, type ReactNode } from 'react';

/** What went wrong while something was drawn. */
export interface Fault {
  readonly error: unknown;
  /** Which components it went through; '' until that is known. */
  readonly where: string;
}

interface Props {
  /** Another value: what failed is drawn anew. */
  readonly of?: unknown;
  /** What stands in its place. */
  readonly fallback: (fault: Fault) => ReactNode;
  readonly children: ReactNode;
}

interface State {
  readonly of: unknown;
  readonly fault: Fault | null;
}

/**
 * Keeps a fault to the part of the window where it happened: whatever a record holds, and whatever
 * cannot be loaded, the rest of the window lives on.
 */
export class Boundary extends Component<Props, State> {
  override state: State = { of: this.props.of, fault: null };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { fault: { error, where: '' } };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): State | null {
    return Object.is(of, state.of) ? null : { of, fault: null };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ fault: { error, where: componentStack ?? '' } });
  }

  override render(): ReactNode {
    const { fault } = this.state;
    return fault === null ? this.props.children : this.props.fallback(fault);
  }
}
