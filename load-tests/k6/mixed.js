// 90 % recalls and 10 % writes as an open loop, for those who use k6 (https://k6.io):
//   k6 run -e URL=http://127.0.0.1:8080 -e KEY="$(cat data/admin.key)" -e RATE=500 -e DURATION=60s load-tests/k6/mixed.js
import http from 'k6/http';
import { check } from 'k6';

const url = __ENV.URL || 'http://127.0.0.1:8080';
const rate = Number(__ENV.RATE || 100);
const duration = __ENV.DURATION || '30s';
const teams = Number(__ENV.TEAMS || 8);
const agent = 'k6';
const topics = ['deploys', 'invoices', 'retries', 'indexes', 'backups', 'latency', 'permissions', 'migrations'];
const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${__ENV.KEY}` };

// Arrivals keep their rate whatever the answers take: what no VU is free for is counted as dropped_iterations.
const arrivals = (share, exec) => ({
  executor: 'constant-arrival-rate',
  rate: Math.max(1, Math.round(rate * share)),
  timeUnit: '1s',
  duration,
  preAllocatedVUs: 64,
  maxVUs: 512,
  exec,
});

export const options = {
  scenarios: { recall: arrivals(0.9, 'recall'), remember: arrivals(0.1, 'remember') },
  thresholds: {
    'http_req_failed{scenario:recall}': ['rate<0.01'],
    'http_req_failed{scenario:remember}': ['rate<0.01'],
    'http_req_duration{scenario:recall}': ['p(99)<50'],
    dropped_iterations: ['count<1'],
  },
};

const pick = (from) => from[Math.floor(Math.random() * from.length)];
const team = () => `k6-${Math.floor(Math.random() * teams)}`;
const unique = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

export function setup() {
  for (let number = 0; number < teams; number++) {
    const path = `${url}/api/v1/teams/k6-${number}`;
    check(http.put(path, JSON.stringify({ domain: 'load test' }), { headers }), { 'the team is there': (answer) => answer.status < 300 });
    check(http.put(`${path}/agents/${agent}`, JSON.stringify({}), { headers }), { 'the agent is there': (answer) => answer.status < 300 });
  }
}

export function recall() {
  const body = { team: team(), agent, query: `What did we learn about ${pick(topics)} and ${pick(topics)}?`, k: 10 };
  const answer = http.post(`${url}/api/v1/recall`, JSON.stringify(body), { headers, tags: { name: 'recall' } });
  check(answer, { recalled: (each) => each.status === 200 });
}

export function remember() {
  const token = unique();
  const body = { team: team(), agent, text: `${token}: the ${pick(topics)} depend on the ${pick(topics)} of ${pick(topics)}.`, kind: 'episode' };
  const answer = http.post(`${url}/api/v1/memories`, JSON.stringify(body), { headers: { ...headers, 'Idempotency-Key': token }, tags: { name: 'remember' } });
  check(answer, { stored: (each) => each.status === 201 || each.status === 200 });
}
