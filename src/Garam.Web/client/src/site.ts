// What every page runs: htmx for a person's actions, live fragments for what changes by itself.
import "htmx.org";
import { keepAges } from "./ages";
import { keepCopying } from "./copy";
import { keepLive } from "./live";
import { tellWhoIsHere } from "./session";
import { keepShortcuts } from "./shortcuts";
import { keepZone } from "./zone";

document.documentElement.classList.add("script");
keepZone();
keepAges();
keepShortcuts();
keepCopying();
keepLive();
tellWhoIsHere();
