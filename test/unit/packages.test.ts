import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment } from '../../src/settings/environment.ts';
import { IN_FILES } from '../../src/settings/variables.ts';
import { tempFolder } from '../support/run-cli.ts';

const locked = z.object({
  resolved: z.string().default('https://registry.npmjs.org/'),
  integrity: z.string(),
  hasInstallScript: z.boolean().default(false),
});
const { packages } = z
  .object({ packages: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const PACKAGES = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ path, ...locked.parse(entry) }));

describe('the packages', () => {
  it('are each locked to one content, from the registry of npm', () => {
    expect(PACKAGES.length).toBeGreaterThan(100);
    const elsewhere = PACKAGES.filter(({ resolved }) => !resolved.startsWith('https://registry.npmjs.org/'));
    const loose = PACKAGES.filter(({ integrity }) => !/^sha512-/.test(integrity));
    expect([...elsewhere, ...loose].map(({ path }) => path)).toEqual([]);
  });

  it('run nothing when they are installed, here and in the image; only two would like to', () => {
    const scripted = PACKAGES.filter(({ hasInstallScript }) => hasInstallScript).map(({ path }) => path);
    // One rebuilds its list of domains from the network, the other compiles what makes it faster.
    expect(scripted).toEqual(['node_modules/free-email-domains', 'node_modules/msgpackr-extract']);
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/npm ci .*--ignore-scripts/);
  });
});

const service = z.object({
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
  environment: z.record(z.string(), z.string()).default({}),
});
/** By which the receiver knows who calls, and where it puts what they say. */
const RECEIVERS = ['HUBSPOT_WEBHOOK_SECRETS', 'FORM_WEBHOOK_SECRETS', 'SALESFORCE_WEBHOOK_SECRETS', 'REDIS_URL'];

describe('the containers', () => {
  const { services } = z
    .object({ services: z.record(z.string(), service) })
    .parse(parse(readFileSync('compose.yaml', 'utf8'), { merge: true }));

  it('have no rights but those of a plain user, write to their data alone, and listen to this machine alone', () => {
    expect(Object.keys(services)).toEqual(['redis', 'worker', 'receiver']);
    for (const { ports, volumes } of Object.values(services)) {
      expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
      expect(volumes.filter((volume) => !/^(?:redis|data):|:ro$/.test(volume))).toEqual([]);
    }
  });

  it('leave the receiver, which strangers can reach, no secret but those by which it knows who calls', () => {
    const { environment = {}, volumes } = services.receiver ?? {};
    expect(IN_FILES.filter((name) => environment[name] === '')).toEqual(
      IN_FILES.filter((name) => !RECEIVERS.includes(name)),
    );
    expect(volumes).toEqual(['./config:/app/config:ro']);
    // As where .env names a file for each: those that the receiver needs are mounted into it, and no others.
    const file = join(tempFolder(), 'secret');
    writeFileSync(file, `whsec_${Buffer.alloc(24).toString('base64')}`);
    const dotEnv = IN_FILES.filter((name) => name !== 'REDIS_URL').map((name) => [
      `${name}_FILE`,
      RECEIVERS.includes(name) ? file : '/run/secrets/not-mounted',
    ]);
    const read = readEnvironment({ ...Object.fromEntries(dotEnv), ...environment }, tempFolder());
    expect(read).toMatchObject({ hubspotToken: undefined, redisUrl: 'redis://redis:6379', port: 3000 });
    expect(read.salesforce).toMatchObject({ privateKey: undefined, clientSecret: undefined, refreshToken: undefined });
    expect(read.notify).toEqual({
      slackUrl: undefined,
      smtpUrl: undefined,
      httpsUrl: undefined,
      httpsSecret: undefined,
    });
    for (const secrets of [read.hubspotWebhookSecrets, read.formWebhookSecrets, read.salesforce.webhookSecrets])
      expect(secrets).toHaveLength(1);
  });

  it('run as a user who is not root, and hold nothing that is not named', () => {
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/^USER node$/m);
    expect(readFileSync('compose.yaml', 'utf8')).toMatch(/^ {4}user: valkey$/m);
    expect(
      readFileSync('.dockerignore', 'utf8')
        .split('\n')
        .find((line) => !line.startsWith('#')),
    ).toBe('*');
  });
});
