/** Windows over the page: the rest waits, Escape closes, and the focus goes back to where it was. */
import { byId, el, freshId } from './dom.js';

/** Shows one. `body` and `foot` are elements; resolves with what it was closed with, or ''. */
export function open(title, body, foot = []) {
  const id = freshId('dialog');
  const before = document.activeElement;
  const dialog = el('dialog', { 'aria-labelledby': id },
    el('div.dialog-head', {}, el('h2', { id, text: title }),
      el('button.icon.small', { text: 'Close', on: { click: () => dialog.close('') } })),
    el('div.dialog-body', {}, body),
    foot.length ? el('div.dialog-foot', {}, foot.map((make) => make((value) => dialog.close(value)))) : null);
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(''); });
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      else byId('main').focus();
      resolve(dialog.returnValue);
    });
    dialog.showModal();
  });
}

/**
 * Asks before something is done that is hard to undo. `word` must be typed where it cannot be undone at all, `reason`
 * asks why. Resolves with the reason (perhaps empty), or null where the answer is no.
 */
export async function confirm(title, text, { action, word = '', reason = '', needsReason = false } = {}) {
  const yes = el('button.danger', { text: action, disabled: Boolean(word || needsReason) });
  const typed = word ? el('input', { id: freshId('word'), autocomplete: 'off', spellcheck: 'false' }) : null;
  const why = reason ? el('textarea', { id: freshId('why'), rows: 2 }) : null;
  const check = () => {
    yes.disabled = Boolean((word && typed.value.trim() !== word) || (needsReason && !why.value.trim()));
  };
  for (const field of [typed, why]) field?.addEventListener('input', check);
  const body = el('div.stack', {}, el('p', { text }),
    typed ? el('div.field', {}, el('label', { for: typed.id, text: `Type “${word}” to go on` }), typed) : null,
    why ? el('div.field', {}, el('label', { for: why.id, text: reason }), why) : null);
  const answer = await open(title, body, [
    (close) => el('button', { text: 'Cancel', autofocus: true, on: { click: () => close('') } }),
    (close) => { yes.addEventListener('click', () => close('yes')); return yes; },
  ]);
  return answer === 'yes' ? (why?.value.trim() ?? '') : null;
}
