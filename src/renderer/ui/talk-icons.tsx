import { Icon, type IconProps } from './icons.tsx';

export function ReplyIcon({ size }: IconProps) {
  return (
    <Icon size={size} turns>
      <path d="M8 5 3.5 9.5 8 14M4 9.5h7a5.5 5.5 0 0 1 5.5 5.5v.5" />
    </Icon>
  );
}

export function TrashIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <path d="M3.5 5.5h13M8 5V3.5h4V5M5.5 5.5l.7 10a1.2 1.2 0 0 0 1.2 1h5.2a1.2 1.2 0 0 0 1.2-1l.7-10M8.5 9v4.5M11.5 9v4.5" />
    </Icon>
  );
}

export function SearchIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <circle cx="8.8" cy="8.8" r="5" />
      <path d="m12.6 12.6 4 4" />
    </Icon>
  );
}

export function PinIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <path d="M7 3.5h6M8 3.5v5L5.5 11v1.5h9V11L12 8.5v-5M10 12.5v4.5" />
    </Icon>
  );
}

export function MuteIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <path d="M6 8.5a4 4 0 0 1 6.5-3.1M14 8.5c0 3 1 4.5 1.8 5.5H7.5M8.5 16.5a1.7 1.7 0 0 0 3 0M3.5 3.5l13 13M6 8.5C6 11.5 5 13 4.2 14h2" />
    </Icon>
  );
}

export function SmileIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <circle cx="10" cy="10" r="6.8" />
      <path d="M7.2 11.8a3.4 3.4 0 0 0 5.6 0M7.7 8v.01M12.3 8v.01" />
    </Icon>
  );
}

export function UpIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <path d="m5 12.5 5-5 5 5" />
    </Icon>
  );
}

export function DownSmallIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <path d="m5 7.5 5 5 5-5" />
    </Icon>
  );
}

export function AgainIcon({ size }: IconProps) {
  return (
    <Icon size={size} turns>
      <path d="M16 10a6 6 0 1 1-1.8-4.3L16.5 8M16.5 3.5V8H12" />
    </Icon>
  );
}

export function TalkIcon({ size }: IconProps) {
  return (
    <Icon size={size} turns>
      <path d="M4.5 4.5h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5H9l-3.5 3v-3h-1A1.5 1.5 0 0 1 3 12V6a1.5 1.5 0 0 1 1.5-1.5Z" />
    </Icon>
  );
}

export function BlockIcon({ size }: IconProps) {
  return (
    <Icon size={size}>
      <circle cx="10" cy="10" r="6.5" />
      <path d="m5.5 5.5 9 9" />
    </Icon>
  );
}
