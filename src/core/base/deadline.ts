import type { World } from './world.ts';

/**
 * `promise`, or a rejection with `late()` when it has not settled within `ms`. The timer is gone as
 * soon as the promise settles; a late settlement is ignored.
 */
export function withDeadline<T>(
  world: World,
  ms: number,
  promise: PromiseLike<T>,
  late: () => Error,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = world.after(ms, () => reject(late()));
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
