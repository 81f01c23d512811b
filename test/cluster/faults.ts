import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "./cluster";
import type { Killed } from "./invariants";
import type { Services } from "./services";

interface Surroundings {
  readonly cluster: Cluster;
  readonly services: Services;
}

interface Aftermath {
  /** A process that took passwords with it. */
  readonly killed?: Killed;
  /** What stays broken at first, and is repaired once the store is back. */
  readonly repair?: () => void;
}

/** Plays the fault, and resolves once it is over. */
type Fault = (surroundings: Surroundings) => Promise<Aftermath>;

export const faults: Readonly<Record<string, Fault>> = {
  async "nothing at all"() {
    await wait(5_000);
    return {};
  },

  /** Its followers have heard nothing for a while, as it is on a bad network. */
  async "kill -9 of the leader"({ cluster }) {
    const leader = await cluster.leader();
    const followers = cluster.nodes.filter((node) => node !== leader);
    const hearAgain = followers.map((follower) => follower.hearNothing());
    await wait(2_000);
    leader.kill();
    for (const hear of hearAgain) hear();
    return { repair: leader.start };
  },

  async "leader frozen for 40 s"({ cluster }) {
    const leader = await cluster.leader();
    leader.freeze();
    await wait(40_000);
    leader.thaw();
    return {};
  },

  async "planned switchover"({ cluster }) {
    await cluster.switchover();
    return {};
  },

  /** The one that the leader waits for, if it waits. */
  async "kill -9 of a standby"({ cluster }) {
    const follower = await cluster.closestFollower();
    follower.kill();
    await wait(10_000);
    return { repair: follower.start };
  },

  async "etcd without majority for 20 s"({ cluster }) {
    const lost = cluster.etcd.slice(0, 2);
    for (const member of lost) member.signal("SIGSTOP");
    await wait(20_000);
    for (const member of lost) member.signal("SIGCONT");
    return {};
  },

  async "kill -9 of a service"({ services: { all } }) {
    const killed = { service: 0, atMs: Date.now() };
    await all[0]?.kill();
    await wait(5_000);
    await all[0]?.start();
    return { killed };
  },

  async "rolling restart of the services"({ services: { all } }) {
    for (const service of all) {
      await service.stop();
      await service.start();
      await wait(2_000);
    }
    return {};
  },

  /** What is being committed meanwhile happens, and the answer that says so never comes. */
  async "black-holed connections"({ cluster, services: { all } }) {
    const leader = await cluster.leader();
    const followers = cluster.nodes.filter((node) => node !== leader);
    for (const follower of followers) follower.freeze();
    await wait(1_000);
    for (const { wire, listenWire } of all) {
      wire.blackHole();
      listenWire?.blackHole();
    }
    for (const follower of followers) follower.thaw();
    await wait(14_000);
    return {};
  },

  async "LISTEN alone cut for 20 s"({ services: { all } }) {
    all[0]?.listenWire?.cut();
    await wait(20_000);
    all[0]?.listenWire?.mend();
    return {};
  },
};
