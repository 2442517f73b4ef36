// An icon of the sprite; decoration, unless it is given a label.
import { iconAddress } from "./icons";

export function Icon({ name, label }: { name: string; label?: string }) {
  return (
    <svg
      class="icon"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" as const })}
    >
      <use href={iconAddress(name)} />
    </svg>
  );
}
