// What every page runs: htmx for a person's actions, live fragments for what changes by itself.
import "htmx.org";
import { keepAges } from "./ages";
import { keepLive } from "./live";
import { keepShortcuts } from "./shortcuts";
import { keepZone } from "./zone";

document.documentElement.classList.add("script");
keepZone();
keepAges();
keepShortcuts();
keepLive();
