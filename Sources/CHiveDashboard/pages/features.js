/** What this node can do, by its own description: a page whose routes it has not is not offered. */
import { get } from './api.js';

let routes = new Set();

export async function learn() {
  const description = await get('/openapi.json');
  routes = new Set(Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters = [] }]) => {
        const route = `${method.toUpperCase()} ${path}`;
        return [route, ...parameters.map((parameter) => `${route}?${parameter.name}`)];
  })));
}

/** `has('GET /api/v1/tasks')`, `has('GET /ws/{machine_id}?after')` */
export const has = (route) => routes.has(route);
