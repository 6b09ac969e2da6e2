import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/base/errors.ts';
import { parseRedisUrl, redisUrlProblem } from '../../../src/settings/redis-url.ts';

test('one address is one Redis', () => {
  expect(parseRedisUrl('redis://127.0.0.1:6379')).toMatchObject({
    nodes: [{ host: '127.0.0.1', port: 6379 }],
    isCluster: false,
    tls: false,
  });
  expect(parseRedisUrl('rediss://me:w%40rd@redis.example:6380/2')).toEqual({
    nodes: [{ host: 'redis.example', port: 6380 }],
    isCluster: false,
    tls: true,
    username: 'me',
    password: 'w@rd',
  });
});

test('several addresses are nodes of a cluster, whatever signs in to them', () => {
  expect(parseRedisUrl('rediss://:word@one:7000,two,[2001:db8::3]:7002')).toEqual({
    nodes: [
      { host: 'one', port: 7000 },
      { host: 'two', port: 6379 },
      { host: '2001:db8::3', port: 7002 },
    ],
    isCluster: true,
    tls: true,
    username: undefined,
    password: 'word',
  });
});

test('one address that stands for a cluster says so', () => {
  expect(parseRedisUrl('redis://cluster.example:6379?cluster=true')).toMatchObject({
    nodes: [{ host: 'cluster.example', port: 6379 }],
    isCluster: true,
  });
  expect(parseRedisUrl('redis://cluster.example:6379?cluster=false').isCluster).toBe(false);
});

test('a cluster has one database', () => {
  expect(parseRedisUrl('redis://one:7000,two:7001/0').isCluster).toBe(true);
  expect(redisUrlProblem('redis://one:7000,two:7001/1')).toMatch(/only one: leave out what follows/);
  expect(redisUrlProblem('redis://one:7000/1?cluster=true')).toMatch(/only one/);
});

describe('what is no address is told without what it holds', () => {
  test.each([
    'https://:canary@redis',
    'canary',
    'redis://canary:99999',
    'redis://one:1,',
    'redis://one:1,two:canary',
    'redis://:%zzcanary@one',
    'redis://:canary@one two',
  ])('%s', (text) => {
    expect(redisUrlProblem(text)).toMatch(/^must be an address such as/);
    expect(redisUrlProblem(text)).not.toContain('canary');
    expect(() => parseRedisUrl(text)).toThrow(ConfigError);
    expect(() => parseRedisUrl(text)).toThrow(/^REDIS_URL must be/);
  });
});
