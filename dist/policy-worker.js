import { ownPolicy } from "./main.js";
await ownPolicy();
