import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of CPU that all threads of a process have used so far, kernel time included; to the microsecond, unlike /proc/PID/stat. */
export function cpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  let nanoseconds = 0;
  for (const thread of threads) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
    } catch {
      // The thread ended between the two reads.
    }
  }
  return nanoseconds / 1e6;
}

/** Resident memory of a process in MiB. */
export function memoryOf(pid) {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
