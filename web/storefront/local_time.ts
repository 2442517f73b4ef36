// time[data-clock]: a time of the day, written for the zone that the reader is in.
export function localClock(shown: HTMLTimeElement): void {
  const at = new Date(shown.dateTime);
  if (Number.isNaN(at.getTime())) return;
  shown.textContent = new Intl.DateTimeFormat(document.documentElement.lang || "ru", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}
