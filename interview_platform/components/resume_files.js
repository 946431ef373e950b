// Which files of a drop are worth sending, and in what groups: plain functions, without a page.

export const GROUP_FILES = 10;
const JUNK = ["thumbs.db", "desktop.ini", "icon\r", "__macosx"];

/** Files and folders that a computer makes for itself: nobody means to send them. */
export function hidden(name) {
  return name.startsWith(".") || name.startsWith("~$") || JUNK.includes(name.toLowerCase());
}

/** Files worth sending, and [name, why] of those that are not. */
export function sorted(files, endings, limitBytes) {
  const refused = [];
  const good = [];
  for (const file of files) {
    if (hidden(file.name)) continue;
    const known = endings.some((ending) => file.name.toLowerCase().endsWith(ending));
    if (!known) refused.push([file.name, "kind"]);
    else if (file.size > limitBytes) refused.push([file.name, "size"]);
    else good.push(file);
  }
  return { refused, good };
}

/** Files in order, in groups of at most GROUP_FILES that together stay within `limitBytes`. */
export function groups(files, limitBytes) {
  const made = [];
  let bytes = 0;
  for (const file of files) {
    const last = made[made.length - 1];
    if (!last || last.length >= GROUP_FILES || bytes + file.size > limitBytes) {
      made.push([file]);
      bytes = file.size;
    } else {
      last.push(file);
      bytes += file.size;
    }
  }
  return made;
}

/** All children of a folder; the browser hands them over by the hundred. */
async function children(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    found.push(...some);
  }
}

/** Every file in these entries and the folders among them, in order; names that could not be opened go to `lost`. */
export async function filesIn(entries, lost = []) {
  const found = [];
  for (const entry of entries) {
    if (!entry || hidden(entry.name)) continue;
    try {
      if (entry.isDirectory) found.push(...(await filesIn(await children(entry), lost)));
      else found.push(await new Promise((done, failed) => entry.file(done, failed)));
    } catch {
      lost.push([entry.name, "unreadable"]);
    }
  }
  return found;
}
