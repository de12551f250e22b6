/** Numbers, sizes, times and names as people read them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `12,345`; from a million on `1.2M`; a dash where nothing is known. */
export function count(number) {
  if (number === null || number === undefined) return '–';
  return Math.abs(number) < 1e6 ? whole.format(number) : short.format(number);
}

/** `1 peer`, `2 peers`. */
export const many = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;

/** `1.4 MiB` */
export function bytes(number) {
  if (number === null || number === undefined) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = number;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${value < 10 && unit ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Seconds as `4 s`, `3 min`, `2 h 5 min`, `6 d`. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.round(hours / 24)} d`;
}

/** Nanoseconds as `850 ns`, `12 µs`, `3.1 ms`. */
export function fine(nanoseconds) {
  if (nanoseconds < 1000) return `${nanoseconds} ns`;
  if (nanoseconds < 1e6) return `${Math.round(nanoseconds / 1000)} µs`;
  return `${(nanoseconds / 1e6).toFixed(1)} ms`;
}

/** `just now`, `5 min ago`, `in 2 h`. */
export function ago(time, now = Date.now()) {
  const seconds = (now - new Date(time).getTime()) / 1000;
  if (Number.isNaN(seconds)) return String(time);
  if (Math.abs(seconds) < 10) return 'just now';
  return seconds > 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
}

/** The moment in full, in the reader's own zone. */
export const moment = (time) => (Number.isNaN(new Date(time).getTime()) ? String(time) : exact.format(new Date(time)));

export const percent = (share) => (share === null || share === undefined ? '–' : `${Math.round(share * 100)} %`);

/** The beginning of a long id: enough to tell it from others. */
export const shortId = (id) => (typeof id === 'string' && id.length > 12 ? id.slice(0, 8) : String(id ?? ''));

/** Who wrote something: the agent, else the node. */
export const author = (who) => (who ? who.agent ?? `node ${shortId(who.node)}` : '');

/** A value of any shape as text. */
export const plain = (value) => (typeof value === 'string' ? value
    : value === null || value === undefined ? '' : JSON.stringify(value, null, 1));

/** `require-approval` as `require approval`. */
export const words = (text) => String(text ?? '').replaceAll('-', ' ').replaceAll('_', ' ');
