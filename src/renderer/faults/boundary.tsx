import { Component, type ErrorInfo, type ReactNode } from 'react';

/** An error while rendering. */
export interface Fault {
  readonly error: unknown;
  /** The component stack; '' until it is known. */
  readonly where: string;
}

interface Props {
  /** A new value renders the failed part again. */
  readonly of?: unknown;
  /** Rendered in its place. */
  readonly fallback: (fault: Fault) => ReactNode;
  readonly children: ReactNode;
}

interface State {
  readonly of: unknown;
  readonly fault: Fault | null;
}

/**
 * Confines an error to the part of the window where it happened: whatever a record holds, and
 * whatever cannot be loaded, the rest of the window keeps working.
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
