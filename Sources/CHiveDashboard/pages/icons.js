/** Small drawings for the sections. */
import { svg } from './dom.js';

const lines = {
  overview: 'M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v2.5H9zM9 7.5h4.5v6H9zM2.5 9.5h4.5v4h-4.5z',
  memories: 'M8 2.5c3 0 5.5.9 5.5 2s-2.5 2-5.5 2-5.5-.9-5.5-2 2.5-2 5.5-2z'
    + 'M2.5 4.5v7c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2v-7M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  episodes: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.5V8l2.5 1.5',
  skills: 'M8 1.800l1.800 4 4.200.4-3.200 2.800 1 4.200L8 11l-3.800 2.200 1-4.200L2 6.200l4.200-.4z',
  conflicts: 'M3 3h3l4 10h3M3 13h3l1.5-3.800M8.5 6.800 10 3h3M11.5 1.5 13 3l-1.5 1.5M11.5 11.5 13 13l-1.5 1.5',
  sync: 'M13.5 6A6 6 0 0 0 3 4.5L2 6M2 2.5V6h3.5M2.5 10A6 6 0 0 0 13 11.5l1-1.5M14 13.5V10h-3.5',
  agents: 'M4 6h8v6.5H4zM8 6V3M6.5 9v1M9.5 9v1M2 8v2.5M14 8v2.5',
  tasks: 'M2.5 4l1 1 1.700-2M2.5 8.5l1 1 1.700-2M2.5 13l1 1 1.700-2M7.5 4h6M7.5 8.5h6M7.5 13h6',
  messages: 'M2.5 3.5h11v7.5H7l-3 2.5V11H2.5z',
  rules: 'M8 2v11.5M4.5 13.5h7M3 4.5l5-1 5 1M3 4.5 1.5 9h3zM13 4.5 11.5 9h3z',
  decisions: 'M3 2.5h10v11H3zM5.5 6l1 1 1.700-2M5.5 10l1 1 1.700-2M10 6.5h1.5M10 10.5h1.5',
  incidents: 'M8 2.5 14 13H2zM8 6.5v3M8 11v.5',
  runbooks: 'M3 2.5h4.5L8 3l.5-.5H13V13H8.5l-.5.5-.5-.5H3zM8 3v10.5',
  infrastructure: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.5M5 11h.5',
  backups: 'M2.5 5h11v8h-11zM2.5 5l1.5-2.5h8L13.5 5M8 7v4M6 9.200l2 2 2-2',
  health: 'M1.5 8.5h3l1.700-4.5 3 8 1.700-3.5h3.600',
};

export const icon = (name) => svg('svg', {
  viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.3, 'stroke-linecap': 'round',
  'stroke-linejoin': 'round', 'aria-hidden': 'true',
}, svg('path', { d: lines[name] }));
