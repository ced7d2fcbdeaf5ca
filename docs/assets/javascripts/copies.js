/**
 * What a reader takes away from this device: files, and the days that stand in them.
 */

/** A stored day such as 2026-11-22 as it is written: 22 November 2026. "" if it is none. */
export function inWords(date) {
  const day = new Date(`${date}T12:00`);
  if (Number.isNaN(day.valueOf())) return "";
  return day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/** Give the reader a file, where the browser puts downloads. */
export function saveFile(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
