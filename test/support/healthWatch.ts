export interface HealthWatch {
  /** Ends the watch: every status that was answered meanwhile, and the most memory that the service has held. */
  end(): Promise<{ readonly statuses: ReadonlySet<number>; readonly asked: number; readonly mostMegabytes: number }>;
}

/** Asks a service over and over how it is, while something is done to it. */
export function watchHealth(url: string, token: string): HealthWatch {
  const statuses = new Set<number>();
  let asked = 0;
  let mostMegabytes = 0;
  let isOver = false;

  async function ask(path: string): Promise<string> {
    const response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } });
    statuses.add(response.status);
    asked += 1;
    return response.text();
  }

  async function watch(): Promise<void> {
    do {
      await ask("/health/live");
      await ask("/health/ready");
      const metrics = await ask("/metrics");
      const bytes = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
      mostMegabytes = Math.max(mostMegabytes, bytes / 1_000_000);
    } while (!isOver);
  }

  const watching = watch();
  return {
    async end() {
      isOver = true;
      await watching;
      return { statuses, asked, mostMegabytes };
    },
  };
}
