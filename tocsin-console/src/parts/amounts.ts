const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** `1,234,567`. */
export function amount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1.5 GB`: units of 1,024. */
export function bytes(count: number): string {
  const unit = count < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(count) / 10));
  const value = count / 1024 ** unit;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ''}`;
}
