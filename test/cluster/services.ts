import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { SignJWT } from "jose";
import { freePorts, until, type Program, type Workshop } from "./programs";
import type { StandIns } from "./standIns";
import { openWire, type Wire } from "./wires";

const main = join(__dirname, "../../dist/server/main.js");
const issuer = "https://issuer.example";
const audience = "aaygraph";
export const tenant = "lender";

/** One process of the service, which comes back at the same address. */
export interface Service {
  /** Its number, which is also the door through which it comes to the vendors. */
  readonly number: number;
  readonly port: number;
  /** 0 before its first start. */
  readonly pid: () => number;
  /** Its way to the leader. */
  readonly wire: Wire;
  /** Its way for LISTEN, where it has one of its own. */
  readonly listenWire: Wire | undefined;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Asks it to end, and waits for that: whether it ended in order. */
  stop(): Promise<boolean>;
  /** When it was killed or asked to end, and when it was up again. */
  readonly absences: readonly { readonly fromMs: number; untilMs: number }[];
  readonly log: () => string;
}

export interface Services extends AsyncDisposable {
  readonly all: readonly Service[];
  readonly token: string;
  /** Runs a command of the service beside it: its exit status, and what it printed. */
  command(...args: string[]): Promise<{ readonly status: unknown; readonly output: string }>;
}

/** `storePort` leads to the leader, maybe through a pooler; `listenPort` leads there without one. */
export async function startServices(
  workshop: Workshop,
  standIns: StandIns,
  listenPort: number,
  storePort = listenPort,
): Promise<Services> {
  await using opening = new AsyncDisposableStack();
  const secret = randomBytes(32).toString("hex");
  const shared = {
    AAY_MODE: "live",
    AAY_MASTER_KEY: randomBytes(32).toString("base64"),
    AAY_JWT_ISSUER: issuer,
    AAY_JWT_AUDIENCE: audience,
    AAY_JWT_SECRET: secret,
    AAY_ALLOW_PRIVATE_UPSTREAMS: "on",
  };
  const ports = await freePorts(2);
  const all: Service[] = [];
  for (const [number, port] of ports.entries()) {
    const wire = opening.use(await openWire(storePort));
    // The second one has but one way, as most have who need no pooler: there, statements have names.
    const hasOwn = number === 0 || storePort !== listenPort;
    const listenWire = hasOwn ? opening.use(await openWire(listenPort)) : undefined;
    const env = {
      ...shared,
      ...standIns.env(number),
      PORT: String(port),
      DATABASE_URL: addressOf(wire.port),
      ...(listenWire && { DATABASE_LISTEN_URL: addressOf(listenWire.port) }),
    };
    all.push(createService(workshop, { number, port, wire, listenWire, env }));
  }
  // One after the other: the first one makes the tables.
  for (const service of all) await service.start();
  const opened = opening.move();
  return {
    all,
    token: await signToken(secret),
    async command(...args) {
      const name = `command-${args.join("-")}`;
      const env = { ...shared, DATABASE_URL: addressOf(storePort), DATABASE_LISTEN_URL: addressOf(listenPort) };
      const program = workshop.start(name, [process.execPath, main, ...args], { env, asSelf: true });
      const [status] = (await program.ended) as [unknown];
      return { status, output: workshop.logOf(name) };
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

interface ServiceParts extends Pick<Service, "number" | "port" | "wire" | "listenWire"> {
  readonly env: Record<string, string>;
}

function createService(workshop: Workshop, { env, ...parts }: ServiceParts): Service {
  const name = `service-${parts.number}`;
  const absences: { fromMs: number; untilMs: number }[] = [];
  let program: Program | undefined;

  async function leave(signal: NodeJS.Signals): Promise<unknown> {
    absences.push({ fromMs: Date.now(), untilMs: Infinity });
    program?.signal(signal);
    const [status] = (await program?.ended) as [unknown];
    return status;
  }

  return {
    ...parts,
    absences,
    pid: () => program?.pid ?? 0,
    async start() {
      program = workshop.start(name, [process.execPath, "--enable-source-maps", main], { env, asSelf: true });
      const { isAlive } = program;
      const isReady = async () => {
        if (!isAlive()) throw new Error(`${name} has ended:\n${workshop.logOf(name).slice(-2_000)}`);
        return statusOf(`http://127.0.0.1:${parts.port}/health/ready`).then((status) => status === 200);
      };
      await until(`${name} that is ready`, 30_000, isReady);
      const absence = absences.at(-1);
      if (absence) absence.untilMs = Date.now();
    },
    async kill() {
      await leave("SIGKILL");
    },
    stop: async () => (await leave("SIGTERM")) === 0,
    log: () => workshop.logOf(name),
  };
}

function statusOf(url: string): Promise<number | undefined> {
  return fetch(url).then(
    ({ status }) => status,
    () => undefined,
  );
}

function addressOf(port: number): string {
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

async function signToken(secret: string): Promise<string> {
  const scope = "income:read compliance:read session:write subject:erase audit:read ops:read";
  return new SignJWT({ tenant, scope })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject("loan-officer")
    .setExpirationTime("2h")
    .sign(Buffer.from(secret));
}
