import { createContext, useContext } from 'react';

/** Puts a report of a fault on the clipboard; resolves to whether it is there. */
export const FaultReports = createContext<(report: string) => Promise<boolean>>(async () => false);

export function useFaultReports(): (report: string) => Promise<boolean> {
  return useContext(FaultReports);
}
