// The address of the icon sprite, for pages that a program draws itself.
import sprite from "../made/icons.svg?no-inline";

export const iconSprite: string = sprite;

export const iconAddress = (name: string): string => `${sprite}#${name}`;
