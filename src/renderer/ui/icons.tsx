import type { ReactNode } from 'react';

export interface IconProps {
  /** Width and height in CSS pixels at the standard text size; 20 unless told. */
  readonly size?: number;
}

/**
 * All icons share one grid (20 units), one stroke and round ends; colour is that of the text. One that
 * `turns` points along the lines of text, and so the other way where they run right to left.
 */
function icon(drawing: ReactNode, { turns = false } = {}) {
  return function Icon({ size = 20 }: IconProps) {
    return (
      <svg
        className={turns ? 'icon icon-turns' : 'icon'}
        viewBox="0 0 20 20"
        width={`${size / 16}rem`}
        height={`${size / 16}rem`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {drawing}
      </svg>
    );
  };
}

export const SlidersIcon = icon(
  <>
    <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
    <circle cx="13" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
  </>,
);

export const CopyIcon = icon(
  <>
    <rect x="7" y="7" width="10" height="10" rx="2.5" />
    <path d="M13 7V5.5A2.5 2.5 0 0 0 10.5 3h-5A2.5 2.5 0 0 0 3 5.5v5A2.5 2.5 0 0 0 5.5 13H7" />
  </>,
);

export const CheckIcon = icon(<path d="m4.5 10.5 3.7 3.7 7.3-8" />);

export const DoubleCheckIcon = icon(<path d="m2 10.7 3.3 3.3L12 6.5M9.5 13.2l.8.8L17.5 6.5" />);

export const ClockIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.8" />
    <path d="M10 6.3V10l2.5 1.8" />
  </>,
);

export const AlertIcon = icon(
  <path d="M8.7 3.8 2.6 14.3A1.5 1.5 0 0 0 3.9 16.5h12.2a1.5 1.5 0 0 0 1.3-2.2L11.3 3.8a1.5 1.5 0 0 0-2.6 0ZM10 8v3.5M10 14v.01" />,
);

export const QuestionIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.8" />
    <path d="M8.2 8.2a1.9 1.9 0 1 1 2.6 1.7c-.5.2-.8.6-.8 1.2M10 13.4v.01" />
  </>,
);

export const SendIcon = icon(<path d="M10 16V4.5M5 9.5l5-5 5 5" />);

export const BackIcon = icon(<path d="M12.5 4.5 7 10l5.5 5.5" />, { turns: true });

export const DownIcon = icon(<path d="M10 4v11.5M5 10.5l5 5 5-5" />);

export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />);

export const LockIcon = icon(
  <>
    <rect x="4.5" y="9" width="11" height="8" rx="2.2" />
    <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
  </>,
);

export const UnlockIcon = icon(
  <>
    <rect x="4.5" y="9" width="11" height="8" rx="2.2" />
    <path d="M7 9V6.2a3 3 0 0 1 5.7-1.3" />
  </>,
);

export const InfoIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.8" />
    <path d="M10 9.3v4M10 6.7v.01" />
  </>,
);

export const ShareIcon = icon(
  <>
    <circle cx="5.2" cy="10" r="2.2" />
    <circle cx="14.5" cy="5" r="2.2" />
    <circle cx="14.5" cy="15" r="2.2" />
    <path d="m7.2 9 5.3-2.9M7.2 11l5.3 2.9" />
  </>,
);

export const ShieldIcon = icon(
  <>
    <path d="M10 3 4.5 5v4.5c0 3.6 2.2 6 5.5 7.5 3.3-1.5 5.5-3.9 5.5-7.5V5Z" />
    <path d="m7.4 9.8 1.9 1.9 3.3-3.6" />
  </>,
);

export const LinkIcon = icon(
  <>
    <path d="M8.5 11.5a3 3 0 0 0 4.3 0l2.6-2.6a3 3 0 1 0-4.3-4.3l-.9.9" />
    <path d="M11.5 8.5a3 3 0 0 0-4.3 0l-2.6 2.6a3 3 0 1 0 4.3 4.3l.9-.9" />
  </>,
);

export const MinusIcon = icon(<path d="M5 10h10" />);

export const MoreIcon = icon(<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.4" />);

export const ListIcon = icon(
  <path d="M7.5 5.5H17M7.5 10H17M7.5 14.5H17M3.5 5.5h.01M3.5 10h.01M3.5 14.5h.01" />,
);

export const PauseIcon = icon(<path d="M7 5v10M13 5v10" />);

export const PlayIcon = icon(<path d="M7 4.5v11l8.5-5.5z" />);

export const ReplyIcon = icon(<path d="M8 5 3.5 9.5 8 14M4 9.5h7a5.5 5.5 0 0 1 5.5 5.5v.5" />, {
  turns: true,
});

export const TrashIcon = icon(
  <path d="M3.5 5.5h13M8 5V3.5h4V5M5.5 5.5l.7 10a1.2 1.2 0 0 0 1.2 1h5.2a1.2 1.2 0 0 0 1.2-1l.7-10M8.5 9v4.5M11.5 9v4.5" />,
);

export const SearchIcon = icon(
  <>
    <circle cx="8.8" cy="8.8" r="5" />
    <path d="m12.6 12.6 4 4" />
  </>,
);

export const PinIcon = icon(<path d="M7 3.5h6M8 3.5v5L5.5 11v1.5h9V11L12 8.5v-5M10 12.5v4.5" />);

export const MuteIcon = icon(
  <path d="M6 8.5a4 4 0 0 1 6.5-3.1M14 8.5c0 3 1 4.5 1.8 5.5H7.5M8.5 16.5a1.7 1.7 0 0 0 3 0M3.5 3.5l13 13M6 8.5C6 11.5 5 13 4.2 14h2" />,
);

export const SmileIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.8" />
    <path d="M7.2 11.8a3.4 3.4 0 0 0 5.6 0M7.7 8v.01M12.3 8v.01" />
  </>,
);

export const UpIcon = icon(<path d="m5 12.5 5-5 5 5" />);

export const DownSmallIcon = icon(<path d="m5 7.5 5 5 5-5" />);

export const AgainIcon = icon(<path d="M16 10a6 6 0 1 1-1.8-4.3L16.5 8M16.5 3.5V8H12" />, {
  turns: true,
});

export const TalkIcon = icon(
  <path d="M4.5 4.5h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5H9l-3.5 3v-3h-1A1.5 1.5 0 0 1 3 12V6a1.5 1.5 0 0 1 1.5-1.5Z" />,
  { turns: true },
);

export const BlockIcon = icon(
  <>
    <circle cx="10" cy="10" r="6.5" />
    <path d="m5.5 5.5 9 9" />
  </>,
);

/** The app's mark: two speech shapes, one answering the other. */
export function Mark({ size = 28 }: IconProps) {
  return (
    <svg
      className="mark"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <rect className="mark-ground" width="32" height="32" rx="9" />
      <path
        className="mark-first"
        d="M9.5 7h8a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-2.5 2.5H12l-3.6 3v-3.3A2.5 2.5 0 0 1 7 14.5v-5A2.5 2.5 0 0 1 9.5 7Z"
      />
      <path
        className="mark-second"
        d="M22.5 12.5A2.5 2.5 0 0 1 25 15v5.5a2.5 2.5 0 0 1-1.4 2.25V26L20 23h-4.5a2.5 2.5 0 0 1-2.4-1.8l2.4-1.7h4a3 3 0 0 0 3-3Z"
      />
    </svg>
  );
}
