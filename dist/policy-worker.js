import { worker } from "./main.js";
await worker();
