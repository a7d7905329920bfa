import type { ComponentProps } from 'react';

/** A button with words on it: `primary` is what most want, `danger` destroys something. */
export function Button({
  look = 'secondary',
  ...props
}: ComponentProps<'button'> & { look?: 'primary' | 'secondary' | 'danger' }) {
  return <button type="button" className={`button-${look}`} {...props} />;
}

/** A button with nothing but an icon on it; a tip says what it is called. */
export function IconButton({
  label,
  className,
  ...props
}: ComponentProps<'button'> & { label: string }) {
  const look = className === undefined ? 'button-icon' : `button-icon ${className}`;
  return <button type="button" className={look} aria-label={label} data-tip={label} {...props} />;
}
